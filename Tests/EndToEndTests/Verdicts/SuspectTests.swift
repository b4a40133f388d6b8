import TestSupport
import Testing

/// Tasks that kill their engine, beside others that do not.
@Suite struct SuspectTests {
  struct Sample: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let tasks: String
    var options: [String] = []
    /// SWIFT_BACKTRACE, which has handlers installed that outlive a signal.
    var backtrace = "enable=no"
    /// The tasks that are named.
    let killers: [Int]
    let signal: String
  }

  static let samples = [
    Sample(
      testDescription: "one beside seven others",
      tasks: "sleep 0.3; kill -9 $PPID\n" + String(repeating: "sleep 1\n", count: 7)
        + "echo later\n",
      killers: [0],
      signal: "SIGKILL"
    ),
    Sample(
      testDescription: "two at once, and two of the tasks behind them",
      tasks: """
        sleep 1
        sleep 0.3; kill -9 $PPID
        sleep 0.3; kill -9 $PPID
        sleep 1
        echo between
        sleep 0.1; kill -9 $PPID
        echo between
        kill -9 $PPID
        echo later
        """,
      killers: [1, 2, 5, 7],
      signal: "SIGKILL"
    ),
    Sample(
      testDescription: "all of eight",
      tasks: String(repeating: "sleep 0.2; kill -9 $PPID\n", count: 8) + "echo one\necho two\n",
      killers: [0, 1, 2, 3, 4, 5, 6, 7],
      signal: "SIGKILL"
    ),
    Sample(
      testDescription: "by another signal, under retries",
      tasks: "sleep 0.5\nsleep 0.2; kill -ALRM $PPID\nsleep 0.5; exit 0\n",
      options: ["--retries", "2"],
      killers: [1],
      signal: "SIGALRM"
    ),
    Sample(
      testDescription: "by the signal of a fault, where those are traced",
      tasks: "sleep 1\nsleep 0.2; kill -SEGV $PPID\necho later\n",
      backtrace: "enable=yes",
      killers: [1],
      signal: "SIGSEGV"
    ),
    Sample(
      testDescription: "one beside more than have their engines started at once",
      tasks: String(repeating: "sleep 1\n", count: 19) + "sleep 0.3; kill -9 $PPID\necho later\n",
      options: ["-j", "20"],
      killers: [19],
      signal: "SIGKILL"
    ),
    Sample(
      testDescription: "in front of a barrier, in one slot",
      tasks: "kill -9 $PPID\n#DISBATCH BARRIER\necho after\n",
      options: ["-j", "1"],
      killers: [0],
      signal: "SIGKILL"
    ),
  ]

  @Test(arguments: samples)
  func `what kills its engine is named and has failed; what ran beside it has its own end`(
    sample: Sample
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(sample.tasks, to: "Tasks")
    let arguments = ["run", "--no-check", "-j", "8", "-p", "run"]
    let outcome = try Disbatch.program(arguments + sample.options + ["Tasks"], in: folder)
      .setting("SWIFT_BACKTRACE", to: sample.backtrace).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder).filter { !$0.isBarrier }
    let counting = rows.filter { !$0.isLeftOut }
    let lines = sample.tasks.split(separator: "\n").count { !$0.hasPrefix("#") }
    #expect(counting.count == lines, "\(rows.map(\.line))")
    let failed = counting.filter { $0.returnCode != 0 }
    #expect(failed.compactMap(\.id).sorted() == sample.killers, "\(rows.map(\.line))")
    #expect(failed.allSatisfy { $0.returnCode == -100 }, "\(rows.map(\.line))")
    for killer in sample.killers {
      let text = "task \(killer) (line \(killer + 1)) killed its engine: alone on engine "
      let told = outcome.errorText.split(separator: "\n").filter { $0.contains(text) }
      #expect(told.count == 1, "\(outcome)")
      #expect(
        told.allSatisfy {
          $0.contains("was killed by \(sample.signal)")
        },
        "\(outcome)"
      )
    }
  }

  @Test func `a suspect has the slot and the resource that it had, and nobody else has them`()
    throws
  {
    let folder = try TemporaryFolder()
    let tasks = """
      #DISBATCH PERENGINE START echo start >> engines
      #DISBATCH PERENGINE STOP echo stop >> engines
      #DISBATCH PREFIX mkdir busy.$UNIT || exit 9; trap 'rmdir busy.$UNIT' EXIT; \
      echo $DISBATCH_CYLINDER_RANK $UNIT >> seen.$DISBATCH_TASKID;\u{20}
      sleep 0.3; rmdir busy.*; kill -9 $PPID
      sleep 0.6
      sleep 0.6
      #DISBATCH PREFIX echo $DISBATCH_CYLINDER_RANK $UNIT >> seen.$DISBATCH_TASKID;\u{20}
      #DISBATCH REPEAT 5 sleep 0.1
      """
    try folder.write(tasks + "\n", to: "Tasks")
    let outcome = try Disbatch.program(
      ["run", "--no-check", "-j", "3", "-E", "UNIT", "-p", "run", "Tasks"],
      in: folder
    ).setting("UNIT", to: "red,green,blue").run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let units = ["0 red", "1 green", "2 blue"]
    for task in 0..<3 {
      let seen = try folder.text(of: "seen.\(task)").split(separator: "\n").map(String.init)
      #expect(seen == [units[task], units[task]], "task \(task)")
    }
    for task in 3..<8 {
      let seen = try folder.text(of: "seen.\(task)").split(separator: "\n").map(String.init)
      #expect(seen.allSatisfy(units.contains), "task \(task): \(seen)")
    }
    let rows = try StatusRow.rows(of: "run", in: folder)
    let failed = rows.filter { $0.flags.hasPrefix("R") && !$0.isLeftOut && $0.returnCode != 0 }
    #expect(failed.compactMap(\.id) == [0], "\(rows.map(\.line))")
    let engines = try folder.text(of: "engines").split(separator: "\n")
    // The first, the one in its place, and one for each suspect; two of them were killed.
    #expect(engines.count { $0 == "start" } == 5)
    #expect(engines.count { $0 == "stop" } == 3)
  }
}
