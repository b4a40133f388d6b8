import TaskLang
import TestSupport
import Testing

/// Plain tasks in a row pass through the front end together; nobody may see that.
@Suite struct PlainTaskTests {
  /// A file with rows of plain tasks between everything else.
  private static func source(seed: UInt64) -> [UInt8] {
    var generator = TaskFileGenerator(seed: seed)
    var random = SplitMix(seed: ~seed)
    var bytes: [UInt8] = []
    for _ in 0..<6 {
      bytes += generator.next()
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
      for number in 0..<Int.random(in: 0...9, using: &random) {
        let length = Int.random(in: 0...20, using: &random)
        bytes += Array("run\t\(number) '\(String(repeating: "x", count: length))' \\\n".utf8)
      }
    }
    return bytes
  }

  private func expand(
    _ source: [UInt8],
    _ format: ExpansionFormat,
    checks: Bool,
    inlines: Bool,
    chunkBytes: Int
  ) -> [UInt8] {
    var expander = Expander(format: format, name: "it's", checks: checks, inlines: inlines)
    var output: [UInt8] = []
    var start = 0
    while start < source.count {
      let chunk = source.span.extracting(start..<min(start + chunkBytes, source.count))
      guard expander.read(chunk, into: &output, { _ in true }) else { break }
      start += chunkBytes
    }
    expander.finish(into: &output) { _ in true }
    return output
  }

  // A line that does not lie within its chunk is never part of a row.
  @Test(arguments: ExpansionFormat.allCases, [true, false])
  func `an expansion is the same whatever part of the input comes at once`(
    format: ExpansionFormat,
    flag: Bool
  ) {
    for seed in 0..<100 as Range<UInt64> {
      let source = Self.source(seed: seed)
      func expand(_ chunkBytes: Int) -> [UInt8] {
        self.expand(source, format, checks: flag, inlines: !flag, chunkBytes: chunkBytes)
      }
      let alone = expand(1)
      for chunkBytes in [19, 64, 300, max(1, source.count)] {
        let together = expand(chunkBytes)
        #expect(together == alone, "seed \(seed), \(chunkBytes) bytes at once")
      }
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `the checks find the same`(seed: UInt64) {
    let source = Self.source(seed: seed)
    var frontEnd = FrontEnd(checker: Checker())
    _ = frontEnd.read(source.span)
    frontEnd.finish()
    #expect(frontEnd.checker?.diagnostics == Checked(source).diagnostics)
  }

  @Test func `a task too long for the system is found in a row of others`() {
    let long = String(repeating: "x", count: 131_072)
    let source = Array("one\ntwo\n\(long)\nthree\n".utf8)
    let found = TaskFile(source).diagnostics
    #expect(found.map(\.code.rawValue) == ["DB701"])
    #expect(found.first?.primary.span.start.line == 3)
  }

  @Test func `numbers and lines of tasks in a row are counted`() {
    var rows: [[Int]] = []
    var ids: [Int] = []
    var items: [LoweredItem] = []
    var frontEnd = FrontEnd()
    let source = Array("# no task\none\ntwo\nthree\n four\nfive\nsix\nseventeen".utf8)
    _ = frontEnd.read(
      source.span,
      rows: { first, row, _, _ in
        ids.append(first)
        rows.append([row.firstNumber, row.count])
        return true
      },
      { item, _, _, _, _ in
        items.append(item)
        return true
      }
    )
    #expect(rows == [[3, 2], [6, 2]])
    #expect(ids == [1, 4])
    // The first task closes the time for PERENGINE, and a blank in front wants to be looked at.
    #expect(items == [.task(id: 0), .task(id: 3)])
    #expect(frontEnd.lineCount == 7)
    #expect(frontEnd.byteCount == source.count - 9)
  }
}
