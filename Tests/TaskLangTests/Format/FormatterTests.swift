import TaskLang
import Testing

@Suite struct FormatterTests {
  @Test(
    arguments: [
      ("#DISBATCH prefix  x \n", "#DISBATCH PREFIX  x \n"),
      ("#DISBATCH Suffix \n", "#DISBATCH SUFFIX \n"),
      (
        "#DISBATCH repeat  2\tSTART 5  STEP\u{B}3  run  \r\n",
        "#DISBATCH REPEAT 2 start 5 step 3  run  \r\n"
      ),
      ("#DISBATCH REPEAT 2\t", "#DISBATCH REPEAT 2"),
      ("#DISBATCH REPEAT 2  ", "#DISBATCH REPEAT 2  "),
      ("#DISBATCH REPEAT 2 START 5x", "#DISBATCH REPEAT 2 START 5x"),
      ("#DISBATCH perengine START x\n", "#DISBATCH PERENGINE START x\n"),
      ("#DISBATCH BARRIER  key\n", "#DISBATCH BARRIER  key\n"),
      ("a\r#DISBATCH prefix x\rb", "a\r#DISBATCH PREFIX x\rb"),
      ("  run  \n\n\n# c\n#disbatch prefix x\n", "  run  \n\n\n# c\n#disbatch prefix x\n"),
      ("", ""),
    ] as [(String, String)]
  )
  func `directives are spelt one way and all else stays`(source: String, expected: String) {
    #expect(String(decoding: Formatter.formatted(Array(source.utf8)), as: UTF8.self) == expected)
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `formatting keeps lines and plan, and once is enough`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    let formatted = Formatter.formatted(source)
    #expect(Formatter.formatted(formatted) == formatted)
    #expect(Self.expansion(of: formatted) == Self.expansion(of: source))
    #expect(formatted.count { $0 == 0x0A } == source.count { $0 == 0x0A })
  }

  /// The plan with line numbers, which the JSON form holds.
  private static func expansion(of source: [UInt8]) -> [UInt8] {
    var expander = Expander(format: .json, name: "Tasks", checks: false)
    var output: [UInt8] = []
    _ = expander.read(source.span, into: &output) { _ in true }
    expander.finish(into: &output) { _ in true }
    return output
  }
}
