/// The difference of two inputs with equally many lines, as `patch -p1` and `git apply` read it.
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
    output += Array("--- a/\(path)\n+++ b/\(path)\n".utf8)
    var rest = changed[...]
    while let first = rest.first {
      var last = first
      var group: [Int] = []
      while let next = rest.first, next - last <= 2 * contextLines {
        group.append(next)
        last = next
        rest.removeFirst()
      }
      let start = max(0, first - contextLines)
      let end = min(before.count, last + contextLines + 1)
      output += Array(
        "@@ -\(start + 1),\(end - start) +\(start + 1),\(end - start) @@\n".utf8
      )
      appendHunk(start..<end, Set(group), (old, before), (new, after), to: &output)
    }
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
    output.append(text: sign)
    output += line
    if line.last != ASCII.lineFeed { output.append(text: "\n\\ No newline at end of file\n") }
  }

  /// Lines with their ends.
  private static func lines(_ source: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in source.indices where source[index] == ASCII.lineFeed {
      lines.append(start..<index + 1)
      start = index + 1
    }
    if start < source.count { lines.append(start..<source.count) }
    return lines
  }
}
