/// A typed number that counts from 0 and indexes an array.
///
/// Numbers of different kinds cannot be mixed up, and none of them costs more than the integer it is.
package protocol DenseID: Hashable, Comparable, Sendable {
  associatedtype RawValue: FixedWidthInteger & Sendable

  /// The number itself.
  var rawValue: RawValue { get }

  /// Makes the id with this number.
  init(_ rawValue: RawValue)
}

extension DenseID {
  /// The number as an array index.
  package var index: Int { Int(rawValue) }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
