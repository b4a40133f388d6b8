import Foundation
import TaskLang
import TaskRuntime
import Testing

/// What a run would do with a task file after the rows of an earlier one.
private func resumed(
  _ tasks: [UInt8],
  after rows: String,
  retriesFailed: Bool = false,
  identity: ResumeFilter.Identity = .command
) throws -> [String] {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
  try Data(rows.utf8).write(to: URL(filePath: path))
  defer { _ = unsafe unlink(path) }
  var archive = StatusArchive()
  try archive.add(path)
  var filter = ResumeFilter(archive, retriesFailed: retriesFailed, identity: identity)
  var feed = TaskFeed(checks: false)
  feed.append(tasks.span)
  feed.end()
  var parts: [String] = []
  while let step = feed.next() {
    filter.take(step)
    while let part = try filter.next() {
      switch part {
      case .run(let step): parts.append("run \(step.firstID)+\(max(1, step.taskCount))")
      case .skip(let id, _, let row): parts.append("skip \(id) \(row.row.returnCode)")
      }
    }
  }
  return parts
}

private func resumed(
  _ tasks: String,
  after rows: String,
  retriesFailed: Bool = false,
  identity: ResumeFilter.Identity = .command
) throws -> [String] {
  try resumed(Array(tasks.utf8), after: rows, retriesFailed: retriesFailed, identity: identity)
}

private func row(_ id: Int, _ command: String, code: Int = 0, repeatIndex: Int = -1) -> String {
  let flags = code == 0 ? "    " : "R   "
  return
    "\(flags)\t\(id)\t1\t\(repeatIndex)\tn\t1\t\(code)\t1.000\t1.000\t2.000\t0\t''\t0\t''\t\(command)\n"
}

@Suite struct ResumeFilterTests {
  @Test func `what is done is passed over, the rest runs`() throws {
    let parts = try resumed("a\nb\nc\n", after: row(0, "a") + row(2, "c", code: 1))
    #expect(parts == ["skip 0 0", "run 1+1", "skip 2 1"])
  }

  @Test func `with retry, what failed runs again`() throws {
    let rows = row(0, "a") + row(1, "b", code: -9)
    #expect(try resumed("a\nb\n", after: rows, retriesFailed: true) == ["skip 0 0", "run 1+1"])
  }

  @Test func `a REPEAT falls into parts where some of it is done`() throws {
    let rows = row(3, "x", repeatIndex: 16) + row(4, "x", repeatIndex: 18)
    #expect(
      try resumed("#DISBATCH REPEAT 1000000000000 start 10 step 2 x\n", after: rows)
        == ["run 0+3", "skip 3 0", "skip 4 0", "run 5+999999999995"]
    )
  }

  @Test func `barriers pass through and take their ids`() throws {
    let parts = try resumed("a\n#DISBATCH BARRIER\nb\n", after: row(0, "a") + row(2, "b"))
    #expect(parts == ["skip 0 0", "run 1+1", "skip 2 0"])
  }

  @Test func `the line number may have changed, the command may not`() throws {
    #expect(try resumed("# new\n\na\n", after: row(0, "a")) == ["skip 0 0"])
    let mismatch = try #require(throws: ResumeFilter.Mismatch.self) {
      try resumed("z\n", after: row(0, "a"))
    }
    #expect(mismatch.command == Array("z".utf8))
    #expect(mismatch.pastCommand == Array("a".utf8))
    #expect(try resumed("z\n", after: row(0, "a"), identity: .id) == ["skip 0 0"])
  }

  /// A command and what a row has for it: the literal of bytes that are not UTF-8, or the text itself.
  static let literals: [(command: [UInt8], field: String)] = [
    ([0xFF], #"b'\xff'"#), ([0xFF, 0x27], #"b"\xff'""#), (Array(#"b'\xff'"#.utf8), #"b'\xff'"#),
    (Array(#"b"\xff'""#.utf8), #"b"\xff'""#), (Array("b'text'".utf8), "b'text'"),
    (Array("b'".utf8) + [0xFF, 0x27], #"b'b\'\xff\''"#),
  ]

  @Test(arguments: literals)
  func `a command that may be meant by a literal of bytes, or by its text, is the same`(
    command: [UInt8],
    field: String
  ) throws {
    #expect(try resumed(command + [0x0A], after: row(0, field)) == ["skip 0 0"])
  }

  @Test func `another literal is another task`() {
    #expect(throws: ResumeFilter.Mismatch.self) {
      try resumed(#"b'\xfe'"# + "\n", after: row(0, #"b'\xff'"#))
    }
  }

  @Test func `another repeat index is another task`() throws {
    #expect(throws: ResumeFilter.Mismatch.self) {
      try resumed("#DISBATCH REPEAT 1 start 5 a\n", after: row(0, "a", repeatIndex: 4))
    }
  }
}

@Suite struct ResumeByTextTests {
  @Test func `an edited file keeps what it still has`() throws {
    let rows = row(0, "a") + row(1, "b") + row(2, "c", code: 1)
    let run = try resumedByText("new\nb\na\nc\n", after: rows, retriesFailed: true)
    #expect(run == ["run 0+1", "skip 1 0", "skip 2 0", "run 3+1"])
  }

  @Test func `equal commands are told by their ids`() throws {
    let rows = row(0, "a") + row(1, "a")
    #expect(try resumedByText("a\nx\na\n", after: rows) == ["skip 0 0", "run 1+1", "run 2+1"])
  }

  @Test func `a command that is the text of a literal of bytes is found again`() throws {
    let command = #"b'\xff'"#
    let run = try resumedByText("x\n\(command)\n", after: row(0, command))
    #expect(run == ["run 0+1", "skip 1 0"])
  }

  @Test(arguments: ["echo $DISBATCH_TASKID", "echo ${DISBATCH_STREAM_INDEX_ZP}"])
  func `what names its own place is not taken for the same elsewhere`(command: String) throws {
    let rows = row(0, command)
    #expect(try resumedByText("x\n\(command)\n", after: rows) == ["run 0+1", "run 1+1"])
    #expect(try resumedByText("\(command)\nx\n", after: rows) == ["skip 0 0", "run 1+1"])
  }

  @Test func `items of a REPEAT are told by their indexes`() throws {
    let rows = row(5, "x", repeatIndex: 14) + row(6, "x", repeatIndex: 16)
    #expect(
      try resumedByText("#DISBATCH REPEAT 1000000000 start 10 step 2 x\n", after: rows)
        == ["run 0+2", "skip 2 0", "skip 3 0", "run 4+999999996"]
    )
  }

  @Test func `a row that is taken over has the id and line of now`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    try Data(row(7, "a\tb").utf8).write(to: URL(filePath: path))
    defer { _ = unsafe unlink(path) }
    var archive = StatusArchive()
    try archive.add(path)
    let found = try #require(archive.history[7].flatMap { archive.row(of: $0) })
    let moved = String(decoding: found.skippedRow(id: 12, line: 34), as: UTF8.self)
    #expect(moved == "   S\t12\t34\t-1\tn\t1\t0\t1.000\t1.000\t2.000\t0\t''\t0\t''\ta\tb\n")
    #expect(
      String(decoding: found.skippedRow(id: 7, line: 34), as: UTF8.self).hasPrefix("   S\t7\t1\t")
    )
  }
}

/// The same by text.
private func resumedByText(
  _ tasks: String,
  after rows: String,
  retriesFailed: Bool = false
) throws -> [String] {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
  let taskPath = path + ".tasks"
  try Data(rows.utf8).write(to: URL(filePath: path))
  try Data(tasks.utf8).write(to: URL(filePath: taskPath))
  defer {
    _ = unsafe unlink(path)
    _ = unsafe unlink(taskPath)
  }
  var options = RunOptions(input: .file(taskPath))
  options.resumeFrom = [path]
  options.retriesFailed = retriesFailed
  options.resumeIdentity = .text
  var filter = try #require(try options.resumeFilter { _ in })
  var feed = TaskFeed(checks: false)
  feed.append(Array(tasks.utf8).span)
  feed.end()
  var parts: [String] = []
  while let step = feed.next() {
    filter.take(step)
    while let part = try filter.next() {
      switch part {
      case .run(let step): parts.append("run \(step.firstID)+\(max(1, step.taskCount))")
      case .skip(let id, _, let row): parts.append("skip \(id) \(row.row.returnCode)")
      }
    }
  }
  return parts
}
