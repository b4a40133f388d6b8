import TaskLang
import TestSupport
import Testing

/// Files whose names count up, of which little is remembered.
@Suite struct FileSeriesTests {
  /// How a name is made of a number.
  private static let names: [@Sendable (Int) -> String] = [
    { "out_\($0).txt" }, { "out_\($0 + 9990)" }, { "\($0)/\($0).log" }, { "a_\(900 - 3 * $0)" },
    { "p_\(Self.padded($0 + 95, 3)).x" }, { "g_\($0 / 10)_\($0 % 10)" },
    { "\(($0 * 7919) % 1009)" }, { "x\($0 % 2)_\($0)" }, { "00\($0)" }, { "s_\($0 / 3)_\($0)" },
    { "1234567890123456789\($0)" }, { "b_\($0 * 1024)" }, { "/d/e\($0)f\(2 * $0)g" },
    { "c\($0 * 65536 * 65536)" },
  ]

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  @Test(arguments: names.indices)
  func `a file that is written twice is found among others that count up`(_ kind: Int) {
    check(Array(0..<300).map(Self.names[kind]), seed: UInt64(kind))
  }

  @Test func `also where several kinds are mixed`() {
    for seed in 1..<UInt64(TestMode.isLong ? 200 : 8) {
      var random = SplitMix(seed: seed)
      var counts = [Int](repeating: 0, count: Self.names.count)
      let kinds = (0..<4).map { _ in Int.random(in: 0..<Self.names.count, using: &random) }
      let files = (0..<400).map { _ in
        let kind = random.pick(kinds)
        counts[kind] += 1
        return "k\(kind)/" + Self.names[kind](counts[kind])
      }
      check(files, seed: seed)
    }
  }

  /// Writes the files, then some of them again, and looks at which are told of.
  private func check(_ files: [String], seed: UInt64) {
    var random = SplitMix(seed: seed)
    let again = files.filter { _ in Int.random(in: 0..<7, using: &random) == 0 }
    // A name as it is not written, though close.
    let others = files.prefix(50).map { $0 + "0_" }
    let all = files + (Set(again).sorted() + others).shuffled(using: &random)
    var first: [String: Int] = [:]
    var expected: [Int] = []
    for (index, file) in all.enumerated() where first.updateValue(index + 1, forKey: file) != nil {
      expected.append(index + 1)
    }
    let source = all.map { "./x > \($0)\n" }.joined()
    let found = Checked(Array(source.utf8), LintOptions(checksShell: true)).diagnostics
    #expect(found.filter { $0.code == .logCollision }.map(\.primary.span.start.line) == expected)
  }
}
