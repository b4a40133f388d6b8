import Foundation
import TaskRuntime
import TestSupport
import Testing

// More than five: all but a few have the value that most tests want.
/// A row as the reference writes it.
private func row(
  _ id: Int,
  code: Int = 0,
  flag: Character = " ",
  start: Double = 1_700_000_000,
  seconds: Double = 1,
  node: String = "n1",
  error: String = "''",
  errorBytes: Int = 0,
  command: String = "echo"
) -> String {
  let flags = "\(code == 0 ? " " : "R") \(errorBytes > 0 ? "E" : " ")\(flag)"
  let times = [seconds, start, start + seconds].map { String(format: "%.3f", $0) }
  return
    ([flags, "\(id)", "\(id + 1)", "-1", node, "77", "\(code)"] + times
    + ["0", "''", "\(errorBytes)", error, command]).joined(separator: "\t") + "\n"
}

private struct Read {
  var archive = StatusArchive()
  var digest = StatusDigest()

  init(_ texts: String...) throws {
    for text in texts {
      let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
      try Data(text.utf8).write(to: URL(filePath: path))
      defer { _ = unsafe unlink(path) }
      try archive.add(path) { digest.take($0, $1) }
      digest.endStage()
    }
  }

  func code(_ id: Int) -> Int32? { archive.history[id]?.returnCode }
}

@Suite struct StatusArchiveTests {
  @Test func `a success wins over a failure in whatever order`() throws {
    #expect(try Read(row(0, code: 1), row(0)).code(0) == 0)
    #expect(try Read(row(0), row(0, code: -9)).code(0) == 0)
    #expect(try Read(row(0, code: 1), row(0, code: 2)).code(0) == 2)
  }

  @Test func `rows taken over count, attempts that do not count do not`() throws {
    let read = try Read(row(0, flag: "S") + row(1, code: -15, flag: "Z") + row(2, flag: "P"))
    #expect(read.code(0) == 0)
    #expect(read.code(1) == nil)
    #expect(read.code(2) == nil)
    #expect(read.digest.uncounted == 1)
    #expect(read.digest.perEngine == 1)
  }

  @Test func `what is no row is left out, counted and located`() throws {
    let text = "ROE[ PSZ]\tTaskID\tLineNum\n" + row(0) + "nonsense\n" + row(1) + "a\tb\n"
    let read = try Read(text)
    let file = try #require(read.archive.files.first)
    #expect(read.archive.history.count == 2)
    #expect(file.leftOut.count == 2)
    #expect(file.leftOut.firstLine == 3)
    #expect(file.leftOut.reason == "1 field where 15 are expected")
    #expect(!file.hasTornEnd)
  }

  @Test func `a line without its end is torn wherever it was cut`() throws {
    let whole = row(0) + row(1, code: 3)
    for length in 1..<whole.utf8.count {
      let read = try Read(String(whole.prefix(length)))
      let file = try #require(read.archive.files.first)
      let lines = whole.prefix(length).count { $0 == "\n" }
      #expect(read.archive.history.count == lines)
      #expect(file.hasTornEnd == (whole.prefix(length).last != "\n"))
      #expect(file.leftOut.count == 0)
    }
  }

  @Test(
    arguments: [
      ("b'echo \\xff'", [0x65, 0x63, 0x68, 0x6F, 0x20, 0xFF]),
      ("b'x'", Array("b'x'".utf8)),
      ("a\tb", Array("a\tb".utf8)),
      ("b'unfinished", Array("b'unfinished".utf8)),
    ] as [(String, [UInt8])]
  )
  func `a command is read back as the bytes it was`(text: String, bytes: [UInt8]) throws {
    let read = try Read(row(0, command: text))
    let entry = try #require(read.archive.history[0])
    #expect(try #require(read.archive.row(of: entry)).command == bytes)
  }

  @Test func `failures alike but for their numbers are one group`() throws {
    let rows = [12, 7, 107].enumerated().map { index, number in
      let message = "cat: /nonexistent/\(number): No such file or directory\\n"
      let bytes = message.utf8.count - 1
      let text = "'" + message.prefix(40) + "..." + message.dropFirst(40) + "'"
      return row(index, code: 1, error: text, errorBytes: bytes)
    }
    let read = try Read(rows.joined() + row(9, code: 2))
    var groups = FailureGroups()
    for id in read.archive.failedIDs {
      let entry = try #require(read.archive.history[id])
      groups.take(try #require(read.archive.row(of: entry)))
    }
    #expect(groups.sorted.map(\.count) == [3, 1])
    #expect(groups.sorted[0].message == "cat: /nonexistent/12: No such file or directory")
  }

  @Test func `stages end at barriers and know their idle time`() throws {
    let barrier =
      "B    \t2\t3\t-1\tn1\t1\t0\t1.000\t1.000\t2.000\t0\t''\t0\t''\t#DISBATCH BARRIER\n"
    let read = try Read(
      row(0, start: 100, seconds: 1) + row(1, start: 100, seconds: 4) + barrier
        + row(3, start: 104, seconds: 2)
    )
    #expect(read.digest.stages.map(\.share.tasks) == [2, 1])
    #expect(read.digest.stages[0].peak == 2)
    #expect(read.digest.stages[0].idle == Seconds(nanoseconds: 3_000_000_000))
    #expect(read.digest.all.span == Seconds(nanoseconds: 6_000_000_000))
    #expect(read.digest.barriers == 1)
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `no bytes are too strange to be read`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var bytes = Array((0..<5).map { row($0, code: $0 % 2) }.joined().utf8)
    for _ in 0..<8 {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
        in: 0...255,
        using: &random
      )
    }
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    try Data(bytes).write(to: URL(filePath: path))
    defer { _ = unsafe unlink(path) }
    var rows = 0
    var archive = StatusArchive()
    try archive.add(path) { _, _ in rows += 1 }
    let file = try #require(archive.files.first)
    let lines = bytes.count { $0 == 0x0A }
    #expect(rows + file.leftOut.count == lines)
  }
}
