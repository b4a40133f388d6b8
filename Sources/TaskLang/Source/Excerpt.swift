/// A copy of the part of a line that a diagnostic shows.
///
/// Diagnostics outlive the buffer they were found in (a stream is not kept), so each label carries
/// what is to be drawn. Lines of any length are possible; an excerpt is at most `limitBytes` long.
public struct Excerpt: Hashable, Sendable {
  /// Most bytes that one excerpt holds.
  public static let limitBytes = 4096

  /// Number of the line, from 1.
  public var line: Int
  /// The bytes, without the `\n` (or `\r\n`) that ended the line; a lone `\r` within stays.
  public var bytes: [UInt8]
  /// Offset in the line of the first of `bytes`; above 0 when the front was cut.
  public var firstByte: Int
  /// Code points in the line before the first of `bytes`.
  public var firstColumn: Int
  /// Whether more of the line follows behind `bytes`.
  public var isCutBehind: Bool

  /// Makes an excerpt from its parts.
  public init(line: Int, bytes: [UInt8], firstByte: Int, firstColumn: Int, isCutBehind: Bool) {
    self.line = line
    self.bytes = bytes
    self.firstByte = firstByte
    self.firstColumn = firstColumn
    self.isCutBehind = isCutBehind
  }
}
