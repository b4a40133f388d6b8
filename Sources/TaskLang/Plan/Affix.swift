/// The PREFIX or SUFFIX in force, and where it was said.
package struct Affix: Sendable, Hashable {
  /// What is put in front or behind; empty at first.
  package var bytes: [UInt8] = []
  /// The text of the directive that said so; `nil` where none has.
  package var origin: Label?

  package init() {}

  package init(_ text: Range<Int>, of line: PhysicalLine, in bytes: Span<UInt8>) {
    self.bytes = bytes.copy(text)
    origin = line.label(text, in: bytes)
  }
}
