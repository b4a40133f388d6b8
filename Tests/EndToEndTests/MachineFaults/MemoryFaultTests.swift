import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Tasks that the kernel kills because their control group has no memory left.
@Suite(.enabled(if: MemoryGroup.isPossible, "\(MemoryGroup.need)"))
struct MemoryFaultTests {
  /// A task that takes memory until it is killed.
  private static let greedy = "x=$(head -c 400000000 /dev/zero | tr '\\0' x)"
  private static let verdict = "killed for want of memory (limit 64 MiB on \(Machine.shortName))"

  /// Runs tasks in a group of its own with 64 MiB, one after the other unless more are to run at a time.
  private func run(
    _ tasks: String,
    jobs: Int = 1,
    in folder: TemporaryFolder
  ) throws
    -> ProgramOutcome
  {
    let group = try MemoryGroup(limit: 64 << 20)
    defer { group.remove() }
    try folder.write(tasks, to: "Tasks")
    let line =
      "echo $$ > \(group.path)/cgroup.procs && exec '\(Disbatch.path)' -j \(jobs) -p run Tasks"
    return try Program("/bin/bash", ["-c", line], in: folder).run(seconds: 60)
  }

  private func lines(of outcome: ProgramOutcome) -> [Substring] {
    outcome.errorText.split(separator: "\n").filter { $0.hasPrefix("task ") }
  }

  @Test(arguments: [
    ("", ""), ("", "; exit $?"), ("( ", " ); exit $?"), ("bash -c '", "'; exit $?"),
  ])
  func `a death for want of memory is named, with the limit and the host`(
    before: String,
    behind: String
  ) throws {
    let folder = try TemporaryFolder()
    let greedy = before.hasSuffix("'") ? Self.greedy.replacing("'", with: "\"") : Self.greedy
    let isItself = before.isEmpty
    let outcome = try run("true\n\(before)\(greedy)\(behind)\ntrue\n", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("2 done, 1 failed"), "\(outcome)")
    let words = (isItself ? "" : "exit 137, ") + Self.verdict
    #expect(lines(of: outcome).count == 1, "\(outcome)")
    #expect(lines(of: outcome).first?.hasPrefix("task 1 (line 2) \(words): ") == true, "\(outcome)")
    // The row is the reference's and holds no cause; the log has it.
    let code = isItself ? -9 : 137
    #expect(try StatusRow.rows(of: "run", in: folder).first { $0.id == 1 }?.returnCode == code)
    #expect(try folder.text(of: "run_driver.log").contains("task 1 attempt 1: \(words)\n"))
    let status = try Disbatch.run("status", "run_status.txt", in: folder)
    let reason = isItself ? "killed by SIGKILL" : "exit 137"
    #expect(status.outputText.contains("  1 x \(reason)"), "\(status)")
  }

  @Test func `a kill that came from elsewhere is not laid to memory`() throws {
    let folder = try TemporaryFolder()
    let outcome = try run("kill -9 $$\n( kill -9 $BASHPID ); exit $?\ntrue\n", in: folder)
    #expect(
      lines(of: outcome).map { String($0.prefix { $0 != ":" }) }
        == ["task 0 (line 1) killed by SIGKILL", "task 1 (line 2) exit 137"],
      "\(outcome)"
    )
  }

  @Test func `a kill that a task survived is not laid to the next that dies of SIGKILL`() throws {
    let folder = try TemporaryFolder()
    let outcome = try run("( \(Self.greedy) ) || true\nkill -9 $$\n", in: folder)
    #expect(outcome.errorText.contains("1 done, 1 failed"), "\(outcome)")
    #expect(lines(of: outcome).first?.hasPrefix("task 1 (line 2) killed by SIGKILL: ") == true)
  }

  @Test func `of tasks side by side the one that took the memory is named`() throws {
    let folder = try TemporaryFolder()
    let tasks = "sleep 0.5\nsleep 0.5\n\(Self.greedy)\n"
    let outcome = try run(tasks, jobs: 3, in: folder)
    #expect(outcome.errorText.contains("2 done, 1 failed"), "\(outcome)")
    #expect(lines(of: outcome).first?.hasPrefix("task 2 (line 3) \(Self.verdict): ") == true)
  }
}

/// A control group with a limit of memory.
private struct MemoryGroup {
  /// Whether there can be one.
  static let isPossible: Bool = {
    guard Machine.isRoot, let group = try? MemoryGroup(limit: 64 << 20) else { return false }
    group.remove()
    return true
  }()

  /// What a test that needs one says when it is left out.
  static let need = "needs root, and control groups of memory in which a group can be made"

  let path: String

  /// Makes one in the hierarchy that has memory, in either version.
  init(limit: Int) throws {
    let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let dash = words.firstIndex(of: "-"), words.count > dash + 3 else { continue }
      let isUnified = words[dash + 1] == "cgroup2"
      guard isUnified || words[dash + 3].split(separator: ",").contains("memory") else { continue }
      let path = "\(words[4])/disbatch-test-\(UUID().uuidString)"
      guard unsafe mkdir(path, 0o755) == 0 else { continue }
      let names = isUnified ? ["memory.max", "memory.swap.max"] : ["memory.limit_in_bytes"]
      let isSet = Self.write("\(limit)", to: "\(path)/\(names[0])")
      for name in names.dropFirst() { _ = Self.write("0", to: "\(path)/\(name)") }
      if isSet {
        self.path = path
        return
      }
      _ = unsafe rmdir(path)
    }
    throw NoGroup()
  }

  /// Takes it away; nothing may be left in it.
  func remove() {
    for _ in 0..<1000 where unsafe rmdir(path) != 0 && errno == EBUSY { usleep(1000) }
  }

  private static func write(_ text: String, to path: String) -> Bool {
    let file = unsafe open(path, O_WRONLY)
    guard file >= 0 else { return false }
    defer { close(file) }
    return unsafe Array(text.utf8).withUnsafeBytes {
      unsafe Glibc.write(file, $0.baseAddress, $0.count)
    }
      > 0
  }

  private struct NoGroup: Error {}
}
