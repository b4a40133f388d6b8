import TaskLang

/// A source text to point into, for tests that draw diagnostics.
struct Sketch {
  let lines: [[UInt8]]

  init(_ lines: String...) { self.lines = lines.map { Array($0.utf8) } }

  init(bytes: [UInt8]) { lines = [bytes] }

  private func line(_ number: Int) -> PhysicalLine {
    let before = lines[..<(number - 1)].reduce(0) { $0 + $1.count + 1 }
    return PhysicalLine(number: number, offset: before, traits: .nonASCII, isTerminated: true)
  }

  func label(_ number: Int, _ bytes: Range<Int>, _ message: String = "") -> Label {
    let text = lines[number - 1]
    return line(number).label(bytes, in: text.span, message)
  }

  /// Labels the first place where `text` stands.
  func label(_ number: Int, _ text: String, _ message: String = "") -> Label {
    let line = lines[number - 1]
    let wanted = Array(text.utf8)
    let start =
      line.indices.first { line[$0...].starts(with: wanted) }
      ?? line.count
    return label(number, start..<min(line.count, start + wanted.count), message)
  }

  func edit(_ number: Int, _ bytes: Range<Int>, _ text: String) -> Edit {
    let before = lines[number - 1]
    return line(number).edit(bytes, in: before.span, to: Array(text.utf8))
  }
}

/// The human picture of one diagnostic, blanks at line ends drawn as `·`.
func picture(_ diagnostic: Diagnostic, _ options: RenderOptions = RenderOptions()) -> String {
  let bytes = DiagnosticReport.rendered([diagnostic], of: "Tasks", as: .human, options: options)
  let lines = String(decoding: bytes, as: UTF8.self).split(
    separator: "\n",
    omittingEmptySubsequences: false
  )
  return lines.map { line in
    let blanks = line.reversed().prefix { $0 == " " }.count
    return line.dropLast(blanks) + String(repeating: "·", count: blanks)
  }.joined(separator: "\n")
}
