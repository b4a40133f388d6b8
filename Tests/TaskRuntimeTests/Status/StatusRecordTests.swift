import TaskLang
import TaskRuntime
import Testing

@Suite struct StatusRecordTests {
  private static func line(_ record: StatusRecord) -> String {
    var line: ContiguousArray<UInt8> = []
    record.write(to: &line)
    return String(decoding: line, as: UTF8.self)
  }

  private static func record(
    _ kind: StatusKind,
    code: Int32 = 0,
    out: String = "",
    error: String = "",
    command: String = "true"
  ) -> StatusRecord {
    var report = TaskReport()
    report.pid = 4711
    report.startNanoseconds = 1_700_000_000_123_456_789
    report.elapsedNanoseconds = 1_500_000_000
    report.output = ContiguousArray(out.utf8)
    report.outputByteCount = Int64(out.utf8.count)
    report.error = ContiguousArray(error.utf8)
    report.errorByteCount = Int64(error.utf8.count)
    return StatusRecord(
      kind: kind,
      id: 7,
      line: 12,
      node: "vm",
      returnCode: code,
      report: report,
      command: ContiguousArray(command.utf8)
    )
  }

  @Test func `a line has fifteen fields with the command last`() {
    let record = Self.record(.task, code: -9, out: "it's\n", command: "a\tb 'c'")
    #expect(
      Self.line(record)
        == "RO  \t7\t12\t-1\tvm\t4711\t-9\t1.500\t1700000000.123\t1700000001.623"
        + "\t5\t\"it's\\n\"\t0\t''\ta\tb 'c'\n"
    )
  }

  @Test(arguments: [
    (record(.task), "    "), (record(.task, code: 1), "R   "),
    (record(.task, out: "x", error: "y"), " OE "), (record(.perEngine), "   P"),
    (record(.skipped, code: 2), "R  S"), (record(.uncounted, code: -15, error: "e"), "R EZ"),
    (record(.barrier(check: false)), "B    "), (record(.barrier(check: true)), "C    "),
  ])
  func `the flags say what the line is about`(record: StatusRecord, flags: String) {
    #expect(Self.line(record).prefix { $0 != "\t" } == flags)
  }

  @Test func `a command that is not UTF-8 is a literal of its bytes`() {
    var record = Self.record(.task)
    record.command = [0x65, 0xFF]
    #expect(Self.line(record).hasSuffix("\tb'e\\xff'\n"))
  }

  @Test(arguments: [
    StatusKind.task, .perEngine, .skipped, .uncounted, .barrier(check: false),
    .barrier(check: true),
  ])
  func `what is written is read as it was`(kind: StatusKind) throws {
    let record = Self.record(kind, code: 3, out: "o", error: "e\n", command: "a\tb")
    let bytes = Array(Self.line(record).utf8.dropLast())
    let row = try StatusRow(bytes.span)
    #expect(row.kind == kind)
    #expect([row.id, row.line, row.repeatIndex, row.pid, row.returnCode] == [7, 12, -1, 4711, 3])
    #expect([row.outputBytes, row.errorBytes] == [1, 2])
    #expect(row.finish == row.start + row.elapsed)
    let texts = [row.node, row.outputSnippet, row.errorSnippet, row.command]
      .map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(texts == ["vm", "'o'", "'e\\n'", "a\tb"])
  }

  @Test(arguments: [
    (StatusColumn.flags, "x", "the first field is none of the known flags"),
    (.id, "-1", "TaskID is below 0"), (.pid, "", "PID is no number"),
    (.elapsed, "1.5s", "Elapsed is no number"), (.output, "o", "OutputSnippet is no literal"),
    (.returnCode, "0", "the flags and ReturnCode contradict each other"),
    (.errorByteCount, "0", "the flags and BytesOfLeakedError contradict each other"),
  ])
  func `a damaged field is named as the header names it`(
    column: StatusColumn,
    field: String,
    complaint: String
  ) throws {
    let line = Self.line(Self.record(.task, code: 3, out: "o", error: "e")).dropLast()
    var fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    fields[column.rawValue] = field
    let bytes = Array(fields.joined(separator: "\t").utf8)
    let error = #expect(throws: StatusRowError.self) { _ = try StatusRow(bytes.span) }
    #expect(error?.text == complaint)
    #expect(StatusColumn.header.split(separator: "\t").count == fields.count)
  }

  @Test func `the header names the fifteen fields`() {
    #expect(StatusColumn.header.split(separator: "\t").count == 15)
    #expect(StatusColumn.header.hasPrefix("ROE[ PSZ]\tTaskID\tLineNum\tRepeatIndex\tNode\t"))
  }
}
