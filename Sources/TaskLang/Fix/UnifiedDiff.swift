/// The difference of two inputs with equally many line ends, as `patch -p1` and `git apply` read it.
package enum UnifiedDiff {
  private static let contextLines = 3

  /// Appends the difference; nothing when there is none.
  ///
  /// - Parameters:
  ///   - old: The input before.
  ///   - new: The input after; line n of it belongs to line n of `old`.
  ///   - path: The file's path, relative to where the patch is applied.
  ///   - output: Gains the difference.
  package static func append(
    _ old: [UInt8],
    _ new: [UInt8],
    path: String,
    to output: inout [UInt8]
  ) {
    let before = lines(old)
    let after = lines(new)
    precondition(before.count == after.count, "fixes keep the number of lines")
    let changed = before.indices.filter { old[before[$0]] != new[after[$0]] }
    guard !changed.isEmpty else { return }
    output += Array("--- \(name("a/" + path))\n+++ \(name("b/" + path))\n".utf8)
    var rest = changed[...]
    while let first = rest.first {
      var last = first
      var group: [Int] = []
      while let next = rest.first, next - last <= 2 * contextLines {
        group.append(next)
        last = next
        rest.removeFirst()
      }
      let range = max(0, first - contextLines)..<min(before.count, last + contextLines + 1)
      output += Array("@@ -\(place(range, before)) +\(place(range, after)) @@\n".utf8)
      appendHunk(range, Set(group), (old, before), (new, after), to: &output)
    }
  }

  /// A file's name in a header, quoted as in C where it would not end with its line.
  private static func name(_ path: String) -> String {
    let bytes = SystemText.bytes(of: path)
    // What a terminal would obey or cannot show is written in ASCII, as git does.
    let hasOddText = MessageText.drawn(path) != path
    func isOdd(_ byte: UInt8) -> Bool {
      byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        || byte >= 0x80 && hasOddText
    }
    // patch takes a blank for the end of a name unless a tab ends it.
    guard bytes.contains(where: isOdd) else { return path.contains(" ") ? path + "\t" : path }
    let escaped = bytes.flatMap { byte in
      guard isOdd(byte) else { return [byte] }
      let digits = [byte >> 6, byte >> 3 & 7, byte & 7]
      return [UInt8(ascii: "\\")] + digits.map { ASCII.zero + $0 }
    }
    return "\"\(String(decoding: escaped, as: UTF8.self))\""
  }

  /// Where a hunk stands in one of the inputs: its first line and how many there are; of none, the
  /// line before.
  private static func place(_ range: Range<Int>, _ lines: [Range<Int>]) -> String {
    let count = lines[range].count { !$0.isEmpty }
    return "\(count > 0 ? range.lowerBound + 1 : range.lowerBound),\(count)"
  }

  private static func appendHunk(
    _ range: Range<Int>,
    _ changed: Set<Int>,
    _ old: (bytes: [UInt8], lines: [Range<Int>]),
    _ new: (bytes: [UInt8], lines: [Range<Int>]),
    to output: inout [UInt8]
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard changed.contains(index) else {
        appendLine(" ", old.bytes[old.lines[index]], to: &output)
        index += 1
        continue
      }
      var end = index
      while end < range.upperBound, changed.contains(end) { end += 1 }
      for line in index..<end { appendLine("-", old.bytes[old.lines[line]], to: &output) }
      for line in index..<end { appendLine("+", new.bytes[new.lines[line]], to: &output) }
      index = end
    }
  }

  private static func appendLine(
    _ sign: StaticString,
    _ line: ArraySlice<UInt8>,
    to output: inout [UInt8]
  ) {
    if line.isEmpty { return }
    output.append(text: sign)
    output += line
    if line.last != ASCII.lineFeed { output.append(text: "\n\\ No newline at end of file\n") }
  }

  /// Lines with their ends; the last one, behind the last line end, may be empty and is none then.
  private static func lines(_ source: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in source.indices where source[index] == ASCII.lineFeed {
      lines.append(start..<index + 1)
      start = index + 1
    }
    return lines + [start..<source.count]
  }
}
