/// How an edit moved what stands behind it.
///
/// An editor's buffer keeps what it knows of the text behind an edit; only the places change.
package struct Displacement: Sendable, Hashable {
  /// Where the replaced text ended, in bytes of the input before the edit.
  package var oldEnd: Int
  /// Lines that came in, less those that went.
  package var lines: Int
  /// Bytes that came in, less those that went.
  package var bytes: Int

  package init(oldEnd: Int, lines: Int, bytes: Int) {
    self.oldEnd = oldEnd
    self.lines = lines
    self.bytes = bytes
  }
}

extension Label {
  /// Moves the label if it stands behind the edit.
  ///
  /// Columns stay: a label on the edited line itself is made anew when its line is read again.
  mutating func move(_ displacement: Displacement) {
    guard span.start.offset >= displacement.oldEnd else { return }
    span.start.line += displacement.lines
    span.start.offset += displacement.bytes
    span.end.line += displacement.lines
    span.end.offset += displacement.bytes
    excerpt.line += displacement.lines
  }
}
