import FoundationEssentials
import TestSupport
import Testing

/// Memory does not follow the number of tasks.
@Suite(.enabled(if: !TestMode.isSanitized, "memory means nothing under a sanitizer"))
struct MemoryTests {
  /// Ways to write the same number of tasks.
  enum Shape: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case lines, repetition

    var testDescription: String { rawValue }
  }

  /// Peak sizes in kilobytes, by the name of the file that a task noted them in.
  static func peak(_ name: String, in folder: TemporaryFolder) throws -> Int {
    let line = try folder.text(of: name).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return try #require(line?.split(separator: " ").compactMap { Int($0) }.first)
  }

  /// A task that notes what its engine, and the driver, have needed so far.
  static let probe = """
    cat /proc/$PPID/status > engine; \
    cat /proc/$(sed -n 's/^PPid:[[:space:]]*//p' /proc/$PPID/status)/status > driver
    """

  @Test(arguments: Shape.allCases)
  func `a run takes no more memory at its end than near its beginning`(shape: Shape) throws {
    let folder = try TemporaryFolder()
    let count = TestMode.isLong ? 100_000 : 10_000
    let early = count / 10
    // Two of the tasks read what their engine, and its driver, have needed so far. So no clock is
    // involved, and the measure is taken exactly where it should be.
    let probe = """
      engine=$PPID; driver=$(sed -n 's/^PPid:[[:space:]]*//p' /proc/$engine/status); \
      cat /proc/$engine/status > engine.$DISBATCH_TASKID; \
      cat /proc/$driver/status > driver.$DISBATCH_TASKID
      """
    let filler = "#" + String(repeating: "x", count: 60)
    let many = { (count: Int) -> String in
      switch shape {
      case .lines: String(repeating: ": \(filler)\n", count: count)
      case .repetition: "#DISBATCH REPEAT \(count) : \(filler)\n"
      }
    }
    let tasks = many(early) + probe + "\n" + many(count - early) + probe + "\n"
    try folder.write(tasks, to: "Tasks")
    let outcome = try Disbatch.run(
      "run",
      "-j",
      "2",
      "-p",
      "run",
      "Tasks",
      in: folder,
      seconds: 1500
    )
    try #require(outcome.ending == .exited(0), "\(outcome)")
    for process in ["engine", "driver"] {
      let before = try Self.peak("\(process).\(early)", in: folder)
      let after = try Self.peak("\(process).\(count + 1)", in: folder)
      #expect(after < before + 512, "\(process): \(before) kB, later \(after) kB")
    }
    #expect(try StatusRow.rows(of: "run", in: folder).count == count + 2)
  }

  @Test(arguments: ["tasks", "json", "bash"])
  func `expand takes no more memory for many repeats than for few`(format: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH REPEAT 1000000000 echo $DISBATCH_REPEAT_INDEX\n", to: "Tasks")
    // Between two readings of the pipe it has no more to do than to wait, so its size is settled.
    let script = """
      mkfifo pipe
      '\(Disbatch.path)' expand --format \(format) Tasks > pipe &
      exec 3< pipe
      head -c 1000000 <&3 > /dev/null; grep VmHWM /proc/$!/status > 1
      head -c 20000000 <&3 > /dev/null; grep VmHWM /proc/$!/status > 2
      exec 3<&-
      wait
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 300)
    let few = try Self.peak("1", in: folder)
    let many = try Self.peak("2", in: folder)
    #expect(many < few + 512, "\(few) kB, later \(many) kB: \(outcome)")
  }
}
