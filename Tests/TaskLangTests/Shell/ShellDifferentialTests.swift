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

  /// How a command compared; Docs/shell-syntax.md says of each difference why there is one.
  private enum Outcome: Hashable {
    case bothAccept, bothReject
    /// Bash refuses it, and the parser has no opinion, or bash accepts it and the parser has none.
    case noOpinion(ShellDoubt)
    /// Bash refuses the elements of an array within `$( )`, `<( )` or `>( )` that hold a backslash, by a mistake.
    case printedArray
    /// Bash refuses more than 16 here-documents.
    case hereDocuments
    /// Bash accepts what the parser refuses.
    case falseError
    /// Bash refuses what the parser accepts, for a reason that is not known.
    case unexplained
  }

  private struct Tally {
    var counts: [Outcome: Int] = [:]
    /// The commands that should not be.
    var wrong: [String] = []

    mutating func compare(_ command: [UInt8], _ verdict: ShellVerdict, _ bash: BashOracle.Answer) {
      let outcome = outcome(of: command, verdict, bash)
      counts[outcome, default: 0] += 1
      guard outcome == .falseError || outcome == .unexplained else { return }
      wrong.append("\(String(decoding: command, as: UTF8.self))  -- \(verdict), \(bash.message)")
    }

    private func outcome(
      of command: [UInt8],
      _ verdict: ShellVerdict,
      _ bash: BashOracle.Answer
    ) -> Outcome {
      switch verdict {
      case .unknown(let doubt): return .noOpinion(doubt)
      case .rejected: return bash.saysError ? .bothReject : .falseError
      case .accepted:
        guard bash.saysError else { return .bothAccept }
        if bash.message.contains("here-document count exceeded") { return .hereDocuments }
        let holdsArray = command.contains([0x3D, 0x28]) && command.contains(0x5C)
        let isSubstituted = [0x24, 0x3C, 0x3E].contains { command.contains([$0, 0x28]) }
        return holdsArray && isSubstituted ? .printedArray : .unexplained
      }
    }

    func share(_ outcome: Outcome, of total: Int) -> Double {
      Double(counts[outcome] ?? 0) / Double(total)
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
    let counts = tally.counts.map { "\($0.key): \($0.value)" }.sorted()
    print("\(done) commands, seed \(Self.seed): \(counts.joined(separator: ", "))")
    #expect(tally.wrong == [], "seed \(Self.seed)")
    let differences = 1 - tally.share(.bothAccept, of: done) - tally.share(.bothReject, of: done)
    #expect(differences < 0.006, "\(counts)")
    #expect((0.25...0.75).contains(tally.share(.bothReject, of: done)), "\(counts)")
  }
}
