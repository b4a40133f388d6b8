/// Why bytes from the other side make no sense.
package enum WireError: Error, Hashable, Sendable {
  /// A frame is longer than any that is sent.
  case frameTooLong(Int)
  /// A frame ends within a field.
  case truncated
  /// A frame goes on behind its last field.
  case excess
  /// There is no message with this number.
  case unknownMessage(UInt8)
  /// A field holds a value that is never sent.
  case badValue
  /// The other side is of another version.
  case otherVersion(UInt32)
}
