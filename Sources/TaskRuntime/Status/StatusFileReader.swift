import TaskLang

/// Reads status files of earlier runs, ours and the reference's, row by row.
///
/// Lines that are not rows are skipped and counted. A last line without a newline is treated as torn,
/// whatever stands in it, because a crash can cut a command anywhere.
package struct StatusFileReader {
  /// Lines that were left out.
  package struct LeftOut: Sendable, Hashable {
    /// How many.
    package var count = 0
    /// Number of the first one, from 1.
    package var firstLine: Int?
    /// What is wrong with it.
    package var reason = ""
  }

  /// What was left out so far.
  package private(set) var leftOut = LeftOut()
  /// Whether the last line had no end.
  package private(set) var hasTornEnd = false

  package init() {}

  /// Reads a file from its start to its end.
  ///
  /// - Parameters:
  ///   - file: The open file; its position is moved to the end.
  ///   - visit: Receives each row, its bytes, and where they start in the file.
  /// - Throws: What the system says when it cannot be read on.
  package mutating func read(
    _ file: borrowing FileDescriptor,
    _ visit: (StatusRow, Span<UInt8>, _ offset: Int) -> Void
  ) throws(Errno) {
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    var lines = LineReader()
    var leftOut = LeftOut()
    var torn = false
    while true {
      let count = try file.readWaiting(into: &buffer)
      if count == 0 { break }
      _ = lines.read(buffer.span.extracting(0..<count)) { line, bytes in
        Self.take(line, bytes, &leftOut, visit)
        return true
      }
    }
    lines.finish { _, _ in
      torn = true
      return true
    }
    hasTornEnd = torn
    self.leftOut = leftOut
  }

  private static func take(
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ leftOut: inout LeftOut,
    _ visit: (StatusRow, Span<UInt8>, _ offset: Int) -> Void
  ) {
    do throws(StatusRowError) {
      visit(try StatusRow(bytes), bytes, line.offset)
    } catch {
      if StatusColumn.isHeader(bytes) { return }
      leftOut.count += 1
      guard leftOut.firstLine == nil else { return }
      leftOut.firstLine = line.number
      leftOut.reason = error.text
    }
  }
}

extension StatusRow {
  /// The bytes of the command.
  ///
  /// A literal of bytes is one only if what it stands for is not UTF-8; other text that begins with
  /// `b'` is the command itself.
  package func command(in bytes: Span<UInt8>) -> [UInt8] {
    Self.command(ofField: bytes.extracting(command))
  }

  /// What the rows of a command are taken to say, to be compared with what a row says.
  ///
  /// It is another command where the text of this one is a literal of bytes, for a row cannot tell
  /// the two apart.
  package static func commandAsRead(_ command: [UInt8]) -> [UInt8] {
    guard command.first == UInt8(ascii: "b"), String(validating: command, as: UTF8.self) != nil
    else { return command }
    return Self.command(ofField: command.span)
  }

  private static func command(ofField field: Span<UInt8>) -> [UInt8] {
    if field.count > 1, field[0] == UInt8(ascii: "b"),
      let decoded = PythonLiteralReader.bytes(field),
      String(validating: decoded, as: UTF8.self) == nil
    {
      return decoded
    }
    return field.indices.map { field[$0] }
  }

  /// What a snippet stood for.
  package static func snippet(_ field: Range<Int>, in bytes: Span<UInt8>) -> String {
    let text = bytes.extracting(field)
    return String(decoding: PythonLiteralReader.bytes(text) ?? [], as: UTF8.self)
  }
}
