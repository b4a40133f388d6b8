import TestSupport
import Testing

/// Status files that were cut, mixed up or overwritten.
@Suite struct DamagedStatusTests {
  private static let taskCount = 12

  /// One of the ways in which files are damaged.
  private static func damage(_ text: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    lines.removeLast()
    // There may be nothing left to damage.
    if lines.isEmpty { return text }
    let line = Int.random(in: lines.indices, using: &random)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return Array(text.prefix(Int.random(in: 0...text.count, using: &random)))
    case 1: lines.insert(lines[line], at: Int.random(in: 0...lines.count, using: &random))
    case 2: lines.swapAt(line, Int.random(in: lines.indices, using: &random))
    case 3: lines[line].removeSubrange(0..<Int.random(in: 0...lines[line].count, using: &random))
    case 4:
      var fields = lines[line].split(separator: 0x09, omittingEmptySubsequences: false).map(
        Array.init
      )
      let waste = [
        "", "x", "-", "1e5", "99999999999999999999", "R", "    ", "-0", "\u{0}",
        "\(Int.max)", "\(-Int.max)", "8589934591.999", "-8589934591.999",
      ]
      let field = Int.random(in: fields.indices, using: &random)
      fields[field] = random.pick([Array(random.pick(waste).utf8), random.pick(fields)])
      lines[line] = Array(fields.joined(separator: [0x09]))
    case 5:
      for _ in 0..<8 {
        var bytes = lines[Int.random(in: lines.indices, using: &random)]
        if bytes.isEmpty { continue }
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 0...255,
          using: &random
        )
        lines[line] = bytes
      }
    case 6:
      let waste = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
      lines.insert(waste, at: line)
    case 7: lines[line] += lines[Int.random(in: lines.indices, using: &random)]
    default: lines.remove(at: line)
    }
    return Array(lines.joined(separator: [0x0A])) + [0x0A]
  }

  /// The task file; each task says which it is, and every third failed in the run before.
  private static func prepare(_ folder: TemporaryFolder) throws {
    let tasks = (0..<taskCount).map { id in
      "echo \(id) >> ran; test \(id % 3) != 2 || test -e again"
    }
    try folder.write(tasks.joined(separator: "\n") + "\n", to: "Tasks")
  }

  /// Damages a status file again and again; nothing may crash, and no task may be passed over that
  /// no row told of.
  private func check(_ name: String, in folder: TemporaryFolder) throws {
    let whole = try folder.bytes(of: name)
    try folder.write("", to: "again")
    var random = SplitMix(seed: 7)
    var leftOut = 0
    for _ in 0..<(TestMode.isLong ? 300 : 25) {
      var damaged = whole
      for _ in 0..<random.pick([1, 1, 2, 5]) { damaged = Self.damage(damaged, &random) }
      try folder.write(damaged, to: "damaged.txt")
      let status = try Disbatch.run("status", "damaged.txt", in: folder)
      #expect(status.ending == .exited(0), "\(status)")
      for format in ["json", "tsv"] {
        let shown = try Disbatch.run("status", "--format", format, "damaged.txt", in: folder)
        #expect(shown.ending == .exited(0), "\(shown)")
      }
      if status.errorText.contains("left out") { leftOut += 1 }

      try folder.write("", to: "ran")
      let resumed = try Disbatch.run(
        "-j",
        "2",
        "-p",
        "resumed",
        "-R",
        "-r",
        "damaged.txt",
        "Tasks",
        in: folder
      )
      let ran = Set(try folder.text(of: "ran").split(separator: "\n").compactMap { Int($0) })
      guard resumed.ending == .exited(0) else {
        // Or it says that the file is about other tasks, and starts none.
        #expect(resumed.ending == .exited(1) && ran.isEmpty, "\(resumed)")
        #expect(resumed.errorText.contains("is not the one"), "\(resumed)")
        continue
      }
      let passedOver = Set(0..<Self.taskCount).subtracting(ran)
      #expect(passedOver.isDisjoint(with: [2, 5, 8, 11]), "a failure passed for a success")
      let told = Self.tasksTold(damaged)
      #expect(passedOver.isSubset(of: told), "\(passedOver) of \(told)\n\(resumed)")
      #expect(resumed.errorText.contains("left out") == status.errorText.contains("left out"))
    }
    #expect(leftOut > 3, "hardly anything was damaged")
  }

  /// The tasks of which some line ends in the command.
  private static func tasksTold(_ bytes: [UInt8]) -> Set<Int> {
    let text = String(decoding: bytes, as: UTF8.self)
    return Set(
      (0..<taskCount).filter { text.contains("\techo \($0) >> ran; test \($0 % 3) != 2") }
    )
  }

  @Test func `a damaged file of ours is read for what it still says`() throws {
    let folder = try TemporaryFolder()
    try Self.prepare(folder)
    #expect(try Disbatch.run("-j", "2", "-p", "run", "Tasks", in: folder).ending == .exited(0))
    try check("run_status.txt", in: folder)
  }

  @Test(
    .enabled(
      if: Reference.isHere,
      "needs the reference (scripts/test installs it and names it in TASKTEST_REFERENCE)"
    )
  )
  func `a damaged file of the reference is read for what it still says`() throws {
    let folder = try TemporaryFolder()
    try Self.prepare(folder)
    let python = try #require(Reference.python)
    let words = ["-m", "disbatch", "--use-address=localhost:0", "-s", "localhost:4", "-p", "run"]
    let outcome = try Program(python, words + ["Tasks"], in: folder).run(seconds: 120)
    try #require(outcome.ending == .exited(0), "\(outcome)")
    try check("run_status.txt", in: folder)
  }

  @Test
  func `numbers at the ends of their ranges, and times before and after each other, are shown`()
    throws
  {
    func row(_ id: Int, _ elapsed: String, _ start: String, _ finish: String) -> String {
      " O  \t\(id)\t1\t-1\tn\t1\t0\t\(elapsed)\t\(start)\t\(finish)\t\(Int.max)\t''\t0\t''\tx\n"
    }
    let last = "8589934591.999"
    let rows =
      row(0, last, "-" + last, last) + row(1, last, last, "-" + last) + row(2, last, last, last)
    let folder = try TemporaryFolder()
    try folder.write(rows, to: "all")
    try folder.write(row(0, "-0.250", "2.5", "1.0"), to: "back")
    for format in ["human", "json", "tsv"] {
      let shown = try Disbatch.run("status", "--format", format, "all", in: folder)
      #expect(shown.ending == .exited(0), "\(shown)")
    }
    let back = try Disbatch.run("status", "back", in: folder)
    #expect(back.outputText.contains("wall time -1.500 s, tasks took -0.250 s"), "\(back)")
    let table = try Disbatch.run("status", "--format", "tsv", "back", in: folder)
    #expect(table.outputText.contains("\tn\t-0.250\tx\n"), "\(table)")
  }

  @Test(arguments: [
    ("R   \t0\t1\t-1\tn\t1\t0\t1.0\t1.0\t2.0\t0\t''\t0\t''\tx", "the flags and ReturnCode"),
    ("    \t0\t1\t-1\tn\t1\t3\t1.0\t1.0\t2.0\t0\t''\t0\t''\tx", "the flags and ReturnCode"),
    (
      " O  \t0\t1\t-1\tn\t1\t0\t1.0\t1.0\t2.0\t0\t''\t0\t''\tx", "the flags and BytesOfLeakedOutput"
    ),
    ("    \t0\t1\t-1\tn\t1\t0\t1.0\t1.0\t2.0\t0\t''\t5\t''\tx", "the flags and BytesOfLeakedError"),
    ("    \t-1\t1\t-1\tn\t1\t0\t1.0\t1.0\t2.0\t0\t''\t0\t''\tx", "TaskID is below 0"),
    (" X  \t0\t1\t-1\tn\t1\t0\t1.0\t1.0\t2.0\t0\t''\t0\t''\tx", "none of the known flags"),
    ("    \t0\t1\t-1\tn\t1\t0\t1.0\t1.0\t2.0\t0\t'\t0\t''\tx", "OutputSnippet is no literal"),
  ])
  func `a row that contradicts itself is left out and named`(row: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(StatusRowText().text + row + "\n", to: "status.txt")
    let outcome = try Disbatch.run("status", "status.txt", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains("left out line 2"), "\(outcome)")
    #expect(outcome.errorText.contains(reason), "\(outcome)")
    #expect(outcome.outputText.hasPrefix("1 done, 0 failed"), "\(outcome)")
  }
}
