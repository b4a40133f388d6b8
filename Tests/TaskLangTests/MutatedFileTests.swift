import TaskLang
import TestSupport
import Testing

/// What holds of every input, shown with fixtures into which mistakes were put.
@Suite struct MutatedFileTests {
  static let seeds: Range<UInt64> = 0..<(TestMode.isLong ? 10_000 : 400)

  private static let options: LintOptions = {
    var options = Checked.pedantic
    options.checksShell = true
    return options
  }()

  private func fixed(_ source: [UInt8], unsafe: Bool) -> FixApplier.Result {
    FixApplier(allowsUnsafe: unsafe) { Checked($0, Self.options).diagnostics }.apply(to: source)
  }

  private func lines(_ source: [UInt8]) -> Int { source.count { $0 == 0x0A } }

  @Test(arguments: seeds)
  func `places lie in the file, on the borders of code points, and are counted right`(seed: UInt64)
  {
    var generator = MutatedFileGenerator(seed: seed)
    Self.checkPlaces(in: generator.next())
  }

  /// Commands that end too early, in a character of several bytes or in a part of one.
  @Test(arguments: [
    "f ( # \u{1F600}\n", "f ( # \u{1F600} \u{e9} \r\n", "#DISBATCH SUFFIX  # \u{4e2d}\nf (\n",
    "#DISBATCH PREFIX f ( # \u{e9}\n\u{301}\n",
  ])
  func `what ends too early ends behind a whole character`(text: String) {
    Self.checkPlaces(in: Array(text.utf8))
    // The character that PREFIX, line and SUFFIX make together is none of the file's.
    let suffix = Array("#DISBATCH SUFFIX ".utf8) + [0x98, 0x80]
    Self.checkPlaces(in: suffix + Array("\n\(text)f ( # ".utf8) + [0xF0, 0x9F])
  }

  private static func checkPlaces(in source: [UInt8]) {
    for diagnostic in Checked(source, options).diagnostics {
      let labels = [diagnostic.primary.span] + diagnostic.labels.map(\.span)
      let edits = diagnostic.fixes.flatMap(\.edits)
      for span in labels + edits.map(\.span) {
        #expect(span.start.offset <= span.end.offset && span.end.offset <= source.count)
        for position in [span.start, span.end] {
          #expect(
            isRight(position, in: source),
            "\(diagnostic.code) \(position) of \(String(decoding: source, as: UTF8.self))"
          )
        }
      }
      for fix in diagnostic.fixes {
        let places = fix.edits.map(\.span)
        for (left, right) in zip(places, places.dropFirst()) {
          #expect(left.end.offset <= right.start.offset, "\(diagnostic.code)")
        }
      }
    }
  }

  /// Whether line, column and offset speak of one place that parts no character of UTF-8.
  private static func isRight(_ position: Position, in source: [UInt8]) -> Bool {
    guard position.offset <= source.count else { return false }
    let before = source[..<position.offset]
    guard before.count(where: { $0 == 0x0A }) + 1 == position.line else { return false }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = source[start...].firstIndex(of: 0x0A) ?? source.count
    // Swift's decoder repairs as we count: each byte that is no part of a character is one.
    var offset = start
    var column = 1
    while offset < position.offset {
      offset += length(at: offset, in: source[..<end])
      column += 1
    }
    return offset == position.offset && column == position.column
  }

  /// Bytes of the character at an offset, by the Unicode decoder of the standard library; 1 for none.
  private static func length(at offset: Int, in line: ArraySlice<UInt8>) -> Int {
    for length in stride(from: min(4, line.endIndex - offset), through: 1, by: -1) {
      let bytes = line[offset..<offset + length]
      if let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.count == 1 {
        return length
      }
    }
    return 1
  }

  @Test(arguments: seeds)
  func `safe fixes keep the plan and the lines, and once is enough`(seed: UInt64) {
    var generator = MutatedFileGenerator(seed: seed)
    let source = generator.next()
    let result = fixed(source, unsafe: false)
    #expect(PlanEquality.isSame(source, result.source))
    #expect(lines(result.source) == lines(source))
    #expect(fixed(result.source, unsafe: false).source == result.source)
  }

  @Test(arguments: seeds)
  func `unsafe fixes come to an end and keep the lines`(seed: UInt64) {
    var generator = MutatedFileGenerator(seed: seed)
    let source = generator.next()
    let result = fixed(source, unsafe: true)
    #expect(lines(result.source) == lines(source))
    #expect(
      fixed(result.source, unsafe: true).source == result.source,
      "\(String(decoding: source, as: UTF8.self))"
    )
  }

  /// Files with a `}` that ends no group, whatever is put in front of it.
  static let braces = [
    "{ first${ 1 ; second 1 ; }", "function work { # x ; ./w ; } ; work 3",
    "{ a |${| b; } > r 2> e",
    "{ echo 'a } b' ; c", "{ echo \"a } b\" ; c", "{ a ; b } ; { c ; d }",
  ]

  @Test(arguments: braces)
  func `a group is ended once or not at all`(_ command: String) {
    let source = Array("\(command)\n".utf8)
    let result = fixed(source, unsafe: true)
    #expect(result.source.count <= source.count + 4)
    #expect(fixed(result.source, unsafe: true).source == result.source)
  }

  @Test(arguments: seeds)
  func `formatting keeps plan and lines, and once is enough`(seed: UInt64) {
    var generator = MutatedFileGenerator(seed: seed)
    let source = generator.next()
    let formatted = Formatter.formatted(source)
    #expect(PlanEquality.isSame(source, formatted))
    #expect(lines(formatted) == lines(source))
    #expect(Formatter.formatted(formatted) == formatted)
  }
}
