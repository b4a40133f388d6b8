/// A place in one input, in every coordinate system that a reader of ours uses.
///
/// Lines are those that `\n` ends, as `DISBATCH_STREAM_INDEX` counts them: a lone `\r` parts two
/// statements but not two lines.
public struct Position: Hashable, Sendable, Comparable {
  /// Number of the line, from 1.
  public var line: Int
  /// Unicode code points from the line's start, from 1; a byte that is not UTF-8 counts as one.
  public var column: Int
  /// Bytes from the input's start, from 0.
  public var offset: Int

  /// Makes a position; nothing is checked.
  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// Orders by offset.
  public static func < (left: Position, right: Position) -> Bool { left.offset < right.offset }
}

/// A half-open stretch of one input; it never crosses a `\n`.
public struct SourceSpan: Hashable, Sendable {
  /// The first byte.
  public var start: Position
  /// Behind the last byte; equal to `start` for a point.
  public var end: Position

  /// Makes a span; `end` must not come before `start`.
  public init(start: Position, end: Position) {
    self.start = start
    self.end = end
  }
}
