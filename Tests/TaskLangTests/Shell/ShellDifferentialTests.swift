import FoundationEssentials
import TaskLang
import TestSupport
import Testing

/// The parser against the real bash.
///
/// TASKTEST_SHELL_LINES says how many commands to compare, TASKTEST_SHELL_SEED with which one to begin.
@Suite struct ShellDifferentialTests {
  private static let environment = ProcessInfo.processInfo.environment

  private static let lineCount =
    environment["TASKTEST_SHELL_LINES"].flatMap(Int.init) ?? (TestMode.isLong ? 200_000 : 20_000)

  private static let seed = environment["TASKTEST_SHELL_SEED"].flatMap(UInt64.init) ?? 20_260

  /// Lines of real task files, of this repository's documents, and broken ones.
  static func seeds() throws -> [[UInt8]] {
    let path = Repository.file("Tests/Fixtures/shell/seeds.txt")
    return try Data(contentsOf: URL(filePath: path)).split(separator: 0x0A).map { Array($0) }
  }

  /// How one batch compared.
  private struct Tally {
    var rejected = 0
    var lax = 0
    var unknown = 0
    var falseErrors: [String] = []
    var laxErrors: [String] = []

    mutating func compare(_ command: [UInt8], _ verdict: ShellVerdict, _ bash: BashOracle.Answer) {
      let text = String(decoding: command, as: UTF8.self)
      switch verdict {
      case .accepted where bash.saysError:
        lax += 1
        laxErrors.append("\(text)  -- \(bash.message)")
      case .accepted: break
      case .rejected(let error):
        rejected += 1
        if !bash.saysError { falseErrors.append("\(text)  -- \(error)") }
      case .unknown: unknown += 1
      }
    }
  }

  @Test func `where the parser says error, bash says error, and nearly always the reverse`() throws
  {
    let seeds = try Self.seeds()
    #expect(seeds.count > 80)
    var generator = CommandGenerator(seed: Self.seed, seeds: seeds)
    var parser = ShellParser()
    var tally = Tally()
    var commands = seeds
    var done = 0
    while done < Self.lineCount {
      let batch = min(20_000, Self.lineCount - done)
      while commands.count < batch { commands.append(generator.next()) }
      let answers = try BashOracle.ask(commands)
      for (command, answer) in zip(commands, answers) {
        tally.compare(command, parser.parse { $0 += command }, answer)
      }
      done += commands.count
      commands.removeAll()
    }
    print(
      "\(done) commands, \(tally.rejected) rejected, \(tally.lax) lax, \(tally.unknown) unknown"
    )
    #expect(tally.falseErrors == [], "seed \(Self.seed)")
    // What is accepted though bash refuses it is of the kinds that Docs/shell-syntax.md lists.
    #expect(tally.lax * 1000 <= done, "\(tally.laxErrors.prefix(20))")
    #expect(tally.unknown * 200 <= done)
    #expect(tally.rejected > done / 4 && tally.rejected < done * 3 / 4)
  }
}
