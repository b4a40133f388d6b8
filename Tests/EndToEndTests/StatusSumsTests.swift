import FoundationEssentials
import TestSupport
import Testing

/// What `disbatch status` adds up, against a short script that knows nothing of us.
@Suite struct StatusSumsTests {
  /// What the script prints, times in milliseconds.
  private struct Sums: Decodable, Equatable {
    struct Share: Decodable, Equatable {
      let tasks: Int
      let failed: Int
      let busy: Int
      let wall: Int
    }
    let done: Int
    let failed: Int
    let lost: Int
    let skipped: Int
    let uncounted: Int
    let barriers: Int
    let perengine: Int
    let perengineFailed: Int
    let leakedBytes: Int
    let all: Share
    let stages: [Share]
    let nodes: [String: Share]
  }

  /// What `status --format json` prints of it, times in seconds.
  private struct Answer: Decodable {
    struct Share: Decodable {
      let node: String?
      let tasks: Int
      let failed: Int
      let wallSeconds: Double
      let taskSeconds: Double

      var sum: Sums.Share {
        Sums.Share(
          tasks: tasks,
          failed: failed,
          busy: Int((taskSeconds * 1000).rounded()),
          wall: Int((wallSeconds * 1000).rounded())
        )
      }
    }
    let done: Int
    let failed: Int
    let lost: Int
    let skipped: Int
    let uncounted: Int
    let barriers: Int
    let perengine: Int
    let perengineFailed: Int
    let leakedBytes: Int
    let wallSeconds: Double
    let taskSeconds: Double
    let nodes: [Share]
    let stages: [Share]

    var sums: Sums {
      Sums(
        done: done,
        failed: failed,
        lost: lost,
        skipped: skipped,
        uncounted: uncounted,
        barriers: barriers,
        perengine: perengine,
        perengineFailed: perengineFailed,
        leakedBytes: leakedBytes,
        all: Sums.Share(
          tasks: nodes.reduce(0) { $0 + $1.tasks },
          failed: nodes.reduce(0) { $0 + $1.failed },
          busy: Int((taskSeconds * 1000).rounded()),
          wall: Int((wallSeconds * 1000).rounded())
        ),
        stages: stages.map(\.sum),
        nodes: Dictionary(uniqueKeysWithValues: nodes.map { ($0.node ?? "", $0.sum) })
      )
    }
  }

  private func check(_ names: [String], in folder: TemporaryFolder) throws {
    let script = Repository.file("Tests/Differential/status_sums.py")
    let sums = try Program("/usr/bin/env", ["python3", "-I", script] + names, in: folder).run()
    try #require(sums.ending == .exited(0), "\(sums)")
    let expected = try JSONLines.decode(Sums.self, from: sums.output)
    try #require(expected.count == names.count)
    for (name, expected) in zip(names, expected) {
      let outcome = try Disbatch.run("status", "--format", "json", name, in: folder)
      let answer = try #require(try JSONLines.decode(Answer.self, from: outcome.output).first)
      #expect(answer.sums == expected, "\(name): \(outcome)")
      #expect(outcome.error == [], "\(outcome)")
    }
  }

  /// Rows of all kinds in an order that a run with losses, retries and resumes could leave.
  private static func randomFile(_ random: inout SplitMix) -> String {
    var text = ""
    var start = 1_700_000_000_000
    for id in 0..<Int.random(in: 0...60, using: &random) {
      var row = StatusRowText()
      row.id = id
      row.kind = random.pick([" ", " ", " ", " ", "S", "Z", "P", "B", "C"])
      row.code = random.pick([0, 0, 0, 1, 127, -9, -15, -100])
      if row.kind == "B" || row.kind == "C" { row.code = 0 }
      row.node = random.pick(["n1", "n2", "node-17"])
      row.start = start
      row.elapsed = Int.random(in: 0...5_000_000, using: &random)
      row.outputBytes = random.pick([0, 0, 7])
      row.errorBytes = random.pick([0, 0, 12])
      start += Int.random(in: 0...3000, using: &random)
      text += row.text
      // A task that comes again has failed, or failed after it succeeded.
      if row.kind == "Z" || random.pick([true, false, false, false]) {
        row.kind = random.pick([" ", "S"])
        row.code = random.pick([0, 3])
        text += row.text
      }
    }
    return text
  }

  @Test func `sums over files of all kinds of rows are those of the script`() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: 20_261_127)
    let names = (0..<(TestMode.isLong ? 400 : 40)).map { "file\($0)" }
    for name in names { try folder.write(Self.randomFile(&random), to: name) }
    try check(names, in: folder)
  }

  @Test func `sums over a real run are those of the script`() throws {
    let folder = try TemporaryFolder()
    let tasks = """
      #DISBATCH PERENGINE START true
      #DISBATCH PERENGINE STOP exit 2
      echo leaked; exit 3
      kill -9 $$
      #DISBATCH REPEAT 30 sleep 0.0$(( DISBATCH_REPEAT_INDEX % 4 ))
      #DISBATCH BARRIER
      #DISBATCH REPEAT 10 test $DISBATCH_REPEAT_INDEX -lt 5 || test $DISBATCH_ATTEMPT = 2
      #DISBATCH BARRIER CHECK
      true

      """
    try folder.write(tasks, to: "Tasks")
    let words = ["-j", "3", "-p", "run", "--retries", "1", "--status-header", "Tasks"]
    let run = try Disbatch.program(words, in: folder).run()
    #expect(run.ending == .exited(0), "\(run)")
    // A run that passes over what this one did.
    let again = try Disbatch.program(words + ["-r", "run_status.txt"], in: folder).run()
    #expect(again.ending == .exited(0), "\(again)")
    try check(["run_status.txt", "run_status.txt.1"], in: folder)
  }

  @Test func `a PERENGINE command that failed is named`() throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH PERENGINE STOP echo gone >&2; exit 4\ntrue\n", to: "Tasks")
    _ = try Disbatch.run("run", "-j", "1", "-p", "run", "Tasks", in: folder)
    let status = try Disbatch.run("status", "run_status.txt", in: folder)
    #expect(status.outputText.contains("\n1 PERENGINE command, 1 failed\n"), "\(status)")
    let section = """

      Failures of PERENGINE commands
        1 x exit 4: gone
            first: line 1: echo gone >&2; exit 4

      """
    #expect(status.outputText.contains(section), "\(status)")
  }
}
