import TaskLang
import TestSupport
import Testing

/// The flat file of a file that is accepted is accepted too, and is its own.
@Suite struct FlatFileTests {
  private func flat(_ source: [UInt8]) -> [UInt8] {
    var expander = Expander(format: .tasks, name: "Tasks", checks: true)
    var output: [UInt8] = []
    _ = expander.read(source.span, into: &output) { _ in true }
    expander.finish(into: &output) { _ in true }
    return output
  }

  private func refusals(_ source: [UInt8]) -> [Diagnostic] {
    TaskFile(source).diagnostics.filter(\.code.refusesFile)
  }

  /// The file without the lines for which it is refused.
  private func accepted(_ source: [UInt8]) -> [UInt8] {
    var lines = source.split(separator: 0x0A, omittingEmptySubsequences: false)
    while true {
      let rest = Array(lines.joined(separator: [0x0A]))
      guard let refusal = refusals(rest).first else { return rest }
      lines.remove(at: refusal.primary.span.start.line - 1)
    }
  }

  @Test(arguments: 0..<(TestMode.isLong ? 10_000 : 600) as Range<UInt64>)
  func `a flat file is accepted where its file was`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = accepted(generator.next())
    let once = flat(source)
    #expect(refusals(once) == [], "\(String(decoding: source, as: UTF8.self))")
    #expect(flat(once) == once)
    #expect(refusals(Formatter.formatted(once)) == [])
  }

  static let cases = [
    (
      "#DISBATCH PREFIX step=5 true \n#DISBATCH REPEAT 2 x\n",
      "#DISBATCH REPEAT 1 start 0 step 1 step=5 true x\n"
        + "#DISBATCH REPEAT 1 start 1 step 1 step=5 true x\n"
    ),
    (
      "#DISBATCH PREFIX start 5 \n#DISBATCH REPEAT 1 x\n",
      "#DISBATCH REPEAT 1 start 0 step 1 start 5 x\n"
    ),
    ("#DISBATCH PREFIX #DISBATCH\nx\n y\n", ": #DISBATCHx\n: #DISBATCH y\n"),
    ("# a\n\u{FEFF}echo x\n", "\n\u{FEFF}echo x\n"),
    ("#DISBATCH PREFIX \u{FEFF}\necho x\n", "\n\u{FEFF}echo x\n"),
  ]

  @Test(arguments: cases)
  func `what could be taken for something else stands as the task that it is`(
    source: String,
    expected: String
  ) {
    let once = flat(Array(source.utf8))
    #expect(String(decoding: once, as: UTF8.self) == expected)
    #expect(refusals(once) == [])
    #expect(flat(once) == once)
  }
}
