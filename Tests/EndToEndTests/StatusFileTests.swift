import FoundationEssentials
import TestSupport
import Testing

/// The status file, which other programs read.
@Suite struct StatusFileTests {
  /// A row as the reference's parser understands it.
  private struct ParsedRow: Decodable {
    let kind: String?
    let line: String?
    let TaskId: Int?
    let TaskStreamIndex: Int?
    let TaskRepIndex: Int?
    let ReturnCode: Int?
    let Start: Double?
    let End: Double?
    let OutBytes: Int?
    let OutData: String?
    let ErrBytes: Int?
    let ErrData: String?
    let TaskCmd: String?
  }

  /// Tasks whose rows have something in them that is easily got wrong.
  private static let source: [UInt8] =
    Array(
      #"""
      #DISBATCH PERENGINE START echo staged
      #DISBATCH PERENGINE STOP exit 4
      :
      exit 3
      kill -9 $$
      echo leaked
      echo oops >&2
      printf '%040d' 1
      printf '%041d' 1
      printf '%080d' 1
      printf '%081d' 1
      printf 'a\tb\nc\\d'
      printf "it's"
      printf "say \"it's\""
      printf '\xff\xfe\xc3'
      printf '\xe2\x80\xa8\xc2\xa0\xf0\x9f\x98\x80\x1b\x7f\xc2\xad'
      printf '%038d\xe4\xb8\xad\xe6\x96\x87%050d' 1 2
      echo 'a	tab'
      #DISBATCH REPEAT 2 start 5 step 5 exit $(( DISBATCH_REPEAT_INDEX == 5 ))
      #DISBATCH BARRIER
      #DISBATCH BARRIER CHECK a key
      b'looks like bytes'

      """#.utf8
    ) + [0x3A, 0x20, 0xFF, 0xFE, 0x27, 0x5C, 0x0A]

  private static func run(_ folder: TemporaryFolder, _ more: String...) throws -> ProgramOutcome {
    try folder.write(source, to: "Tasks")
    let outcome = try Disbatch.program(
      ["run", "-j", "1", "-p", "run"] + more + ["Tasks"],
      in: folder
    )
    .run()
    try #require(outcome.ending == .exited(0), "\(outcome)")
    return outcome
  }

  @Test(
    .enabled(
      if: Reference.isHere,
      "needs the reference (scripts/test installs it and names it in TASKTEST_REFERENCE)"
    )
  )
  func `the reference's own parser reads every field as it was meant`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.run(folder)
    let reference = try Reference.run(
      script: "reference_status.py",
      folder.file("run_status.txt")
    )
    try #require(reference.ending == .exited(0), "\(reference)")
    let parsed = try JSONLines.decode(ParsedRow.self, from: reference.output)
    let rows = try StatusRow.rows(of: "run", in: folder)
    try #require(parsed.count == rows.count)
    for (parsed, row) in zip(parsed, rows) {
      // Written again by the reference, every field must be what it was, save a command that is, or
      // looks like, its notation for bytes: it writes that in more ways than it reads.
      let isCommandCompared = !row.command.hasPrefix("b'")
      let again = try #require(parsed.line.flatMap { StatusRow($0) }, "\(row.line)")
      for (number, field) in row.fields.enumerated()
      where number != 7 && (number != 14 || isCommandCompared) {
        #expect(again.fields[number] == field, "field \(number) of \(row.line)")
      }
      // Elapsed is computed anew from times that were rounded to a millisecond.
      let start = try #require(parsed.Start)
      let end = try #require(parsed.End)
      let elapsed = try #require(Double(row.fields[7]))
      #expect(abs(end - start - elapsed) < 0.002, "\(row.line)")
    }
    try Self.checkMeaning(of: parsed)
  }

  private static func checkMeaning(of parsed: [ParsedRow]) throws {
    func row(_ id: Int) throws -> ParsedRow {
      try #require(parsed.first { $0.TaskId == id && $0.kind != "P" })
    }
    #expect(try row(0).ReturnCode == 0)
    #expect(try row(1).ReturnCode == 3)
    #expect(try row(2).ReturnCode == -9)
    #expect(try row(3).OutData == "leaked\n" && row(3).OutBytes == 7)
    #expect(try row(4).ErrData == "oops\n" && row(4).ErrBytes == 5)
    let zeros = String(repeating: "0", count: 200)
    #expect(try row(5).OutData == zeros.prefix(39) + "1")
    #expect(try row(6).OutData == zeros.prefix(40) + "...1")
    #expect(try row(7).OutData == zeros.prefix(40) + "..." + zeros.prefix(39) + "1")
    #expect(try row(8).OutData == zeros.prefix(40) + "..." + zeros.prefix(39) + "1")
    #expect(try row(8).OutBytes == 81)
    #expect(try row(9).OutData == "a\tb\nc\\d")
    #expect(try row(10).OutData == "it's")
    #expect(try row(11).OutData == "say \"it's\"")
    #expect(try row(12).OutData == "\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(try row(13).OutData == "\u{2028}\u{A0}\u{1F600}\u{1B}\u{7F}\u{AD}")
    #expect(try row(16).TaskRepIndex == 5 && row(16).ReturnCode == 1)
    #expect(try row(17).TaskRepIndex == 10 && row(17).ReturnCode == 0)
    #expect(try row(18).kind == "B" && row(18).TaskCmd == "#DISBATCH BARRIER")
    #expect(try row(19).kind == "C" && row(19).TaskCmd == "#DISBATCH BARRIER CHECK a key")
    #expect(try row(21).TaskStreamIndex == 23 && row(21).TaskCmd == ": \u{FFFD}\u{FFFD}'\\")
    let perEngine = parsed.filter { $0.kind == "P" }
    #expect(perEngine.map(\.ReturnCode) == [0, 4])
    #expect(perEngine.map(\.TaskId) == [0, 0])
  }

  @Test func `rows have the flags, layout and notation that are documented`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.run(folder)
    let rows = try StatusRow.rows(of: "run", in: folder)
    func row(_ id: Int) throws -> StatusRow {
      try #require(rows.first { $0.id == id && !$0.flags.contains("P") })
    }
    let flags = try [0, 1, 3, 4, 18, 19].map { try row($0).flags }
    #expect(flags == ["    ", "R   ", " O  ", "  E ", "B    ", "C    "])
    #expect(rows.filter { $0.flags.contains("P") }.map(\.flags) == [" O P", "R  P"])
    #expect(try row(9).fields[11] == #"'a\tb\nc\\d'"#)
    #expect(try row(10).fields[11] == #""it's""#)
    #expect(try row(11).fields[11] == #"'say "it\'s"'"#)
    #expect(try row(13).fields[11] == #"'\u2028\xa0😀\x1b\x7f\xad'"#)
    #expect(try row(15).command == "echo 'a\ttab'")
    #expect(try row(21).command == #"b': \xff\xfe\'\\'"#)
    for row in rows {
      #expect(
        row.line.wholeMatch(of: /[^\t]+(\t[^\t]*){6}(\t\d+\.\d{3}){3}\t.*/) != nil,
        "\(row.line)"
      )
      #expect(Int(row.fields[5]).map { $0 > 0 } == true, "\(row.line)")
    }
  }

  @Test func `the header is the reference's`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.run(folder, "--status-header")
    let header = try folder.text(of: "run_status.txt").split(separator: "\n").first
    let names = [
      "ROE[ PSZ]", "TaskID", "LineNum", "RepeatIndex", "Node", "PID", "ReturnCode", "Elapsed",
      "Start", "Finish", "BytesOfLeakedOutput", "OutputSnippet", "BytesOfLeakedError",
      "ErrorSnippet", "Command",
    ]
    #expect(header.map(String.init) == names.joined(separator: "\t"))
  }

  @Test func `tasks start in the order of their ids and rows come as they end`() throws {
    let folder = try TemporaryFolder()
    let up = try NamedPipe("up", .fromTasks, in: folder)
    let go = try NamedPipe("go", .toTasks, in: folder)
    try folder.write(
      "echo up > up; read -r line < go\n#DISBATCH REPEAT 5 :\necho next > up\n",
      to: "Tasks"
    )
    let run = try Disbatch.program(["run", "-j", "2", "-p", "run", "Tasks"], in: folder).start()
    try #require(up.lines(2).sorted() == ["next", "up"], "\(run.errorSoFar())")
    try go.release()
    let outcome = run.wait(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    // The last task has the other slot, so those before it there have ended; itself it may not have.
    let ids = try StatusRow.rows(of: "run", in: folder).compactMap(\.id)
    #expect(ids.filter { $0 != 6 } == [1, 2, 3, 4, 5, 0])
    #expect(ids.contains(6))
  }
}
