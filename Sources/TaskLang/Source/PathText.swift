/// Parts of paths, by their slashes alone.
///
/// A slash with a combining mark behind it is one character for Swift, but still the end of a folder's
/// name; so paths are not taken apart as strings are.
package enum PathText {
  private static let slash = UInt8(ascii: "/")

  /// Whether a path begins at the root.
  package static func isAbsolute(_ path: some StringProtocol) -> Bool { path.utf8.first == slash }

  /// The parts between slashes.
  package static func parts(of path: String) -> [String] {
    path.unicodeScalars.split(separator: "/").map { String($0) }
  }

  /// The last part; the path itself where there is none.
  package static func name(of path: String) -> String {
    path.unicodeScalars.split(separator: "/").last.map { String($0) } ?? path
  }

  /// What stands in front of the last slash, `/` for the root; `nil` where there is no slash.
  package static func folder(of path: String) -> String? {
    guard let last = path.utf8.lastIndex(of: slash) else { return nil }
    return last == path.utf8.startIndex ? "/" : String(path[..<last])
  }

  /// Whether two paths are the same bytes; for Swift, strings with marks put together or apart are equal.
  package static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}
