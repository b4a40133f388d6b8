import TestSupport
import Testing

/// Kept output has a limit for each attempt of a task (`--output-limit`).
@Suite struct OutputLimitTests {
  /// Ways to keep output, and how a stream of a task is read again.
  enum Way: String, CaseIterable, Sendable {
    case results, log

    var words: [String] { self == .results ? ["--results", "kept"] : ["--output", "kept"] }

    func text(_ task: Int, _ stream: String, in folder: TemporaryFolder) throws -> String {
      let outcome = try Disbatch.run("output", "kept", "\(task)", "--\(stream)", in: folder)
      return outcome.outputText + outcome.errorText
    }
  }

  private func run(
    _ way: Way,
    _ tasks: String,
    _ words: [String],
    in folder: TemporaryFolder
  ) throws -> ProgramOutcome {
    try folder.write(tasks, to: "Tasks")
    let words = ["run", "-j2", "-p", "run"] + way.words + words + ["Tasks"]
    return try Disbatch.program(words, in: folder).run()
  }

  @Test(arguments: Way.allCases)
  func `what is beyond is forgotten, and counted once at the end`(way: Way) throws {
    let folder = try TemporaryFolder()
    let tasks = """
      printf abcdefgh
      printf abcdefghi
      printf abcdef; sleep 0.1; printf uvwxyz >&2; touch behind
      printf 12345678 >&2

      """
    let outcome = try run(way, tasks, ["--output-limit", "8"], in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(
      outcome.errorText.contains(
        "\n2 attempts printed more than --output-limit has, the first of them of task "
      ),
      "\(outcome)"
    )
    #expect(outcome.errorText.contains(": 5 bytes were not kept\n"), "\(outcome)")
    #expect(folder.contains("behind"))
    #expect(try way.text(0, "stdout", in: folder) == "abcdefgh")
    #expect(try way.text(1, "stdout", in: folder) == "abcdefgh")
    #expect(try way.text(2, "stdout", in: folder) == "abcdef")
    #expect(try way.text(2, "stderr", in: folder) == "uv")
    #expect(try way.text(3, "stderr", in: folder) == "12345678")
    // The rows have the whole length.
    let rows = try folder.text(of: "run_status.txt").split(separator: "\n").sorted {
      $0.split(separator: "\t")[1] < $1.split(separator: "\t")[1]
    }
    #expect(rows.map { $0.split(separator: "\t")[10] } == ["8", "9", "6", "0"])
    #expect(
      try folder.text(of: "run_driver.log").contains(
        "task 1: 1 bytes of output are beyond the limit and not kept"
      )
    )
  }

  @Test(arguments: Way.allCases)
  func `a task that prints without end goes on, whatever there is room for`(way: Way) throws {
    let folder = try TemporaryFolder()
    let tasks = "head -c 50000000 /dev/zero\nhead -c 3000 /dev/zero\n"
    let outcome = try run(way, tasks, ["--output-limit=2k"], in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let cut = 50_000_000 - 2048 + 3000 - 2048
    #expect(outcome.errorText.contains(": \(cut) bytes were not kept\n"), "\(outcome)")
    #expect(try way.text(0, "stdout", in: folder).utf8.count == 2048)
    #expect(try way.text(1, "stdout", in: folder).utf8.count == 2048)
  }

  @Test(arguments: Way.allCases)
  func `each attempt has a limit of its own`(way: Way) throws {
    let folder = try TemporaryFolder()
    let tasks = "printf abcdef$DISBATCH_ATTEMPT; exit 1\n"
    let outcome = try run(way, tasks, ["--output-limit", "7", "--retries", "1"], in: folder)
    #expect(!outcome.errorText.contains("output-limit has"), "\(outcome)")
    #expect(try way.text(0, "stdout", in: folder) == "abcdef2")
    let cut = try run(way, tasks, ["--output-limit", "6", "--retries", "1"], in: folder)
    #expect(cut.errorText.contains("2 attempts printed more"), "\(cut)")
    #expect(cut.errorText.contains(": 2 bytes were not kept\n"), "\(cut)")
  }

  @Test func `what is printed behind the task's end counts as the task's`() throws {
    let folder = try TemporaryFolder()
    // The shell ends; what it started goes on printing.
    let tasks = "exec 2> /dev/null; printf abc; (sleep 0.3; printf defghi) & \n"
    let outcome = try run(.results, tasks, ["--output-limit", "5"], in: folder)
    #expect(outcome.errorText.contains("task 0 printed more than --output-limit has: 4 bytes"))
    #expect(try Way.results.text(0, "stdout", in: folder) == "abcde")
  }
}
