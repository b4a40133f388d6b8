import Glibc
import TestSupport
import Testing

/// Input that is broken, odd or too large: one clear error, or the documented behaviour.
@Suite struct BadInputTests {
  /// Bytes of a task file and what `check` says of them.
  struct Example: CustomStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let code: String
    let severity: String

    init(_ name: String, _ text: String, _ code: String, _ severity: String) {
      self.init(name, Array(text.utf8), code, severity)
    }

    init(_ name: String, _ bytes: [UInt8], _ code: String, _ severity: String) {
      self.name = name
      self.bytes = bytes
      self.code = code
      self.severity = severity
    }

    var description: String { name }
  }

  static let examples = [
    Example(
      "a byte order mark",
      [0xEF, 0xBB, 0xBF] + "#DISBATCH PREFIX x\ny\n".utf8,
      "DB801",
      "error"
    ),
    Example("a NUL", "echo a\0b\n", "DB702", "error"),
    Example("CRLF", "echo a\r\necho b\r\n", "DB802", "info"),
    Example("a lone CR", "echo a\recho b\n", "DB802", "warning"),
    Example("a count of 2^63", "#DISBATCH REPEAT 9223372036854775808 x\n", "DB703", "error"),
    Example(
      "a start of 2^64",
      "#DISBATCH REPEAT 1 start 18446744073709551616 x\n",
      "DB703",
      "error"
    ),
    Example("a step beyond", "#DISBATCH REPEAT 3 step 9223372036854775807 x\n", "DB703", "error"),
    Example("a non-breaking space", "echo\u{A0}hi\n", "DB803", "warning"),
    Example("an unknown directive", "#DISBATCH PREFX ( cd x ;\necho\n", "DB101", "error"),
    Example("a late PERENGINE", "x\n#DISBATCH PERENGINE STOP y\n", "DB201", "error"),
    Example("a lost CHECK", "x\n#DISBATCH BARRIER check\ny\n", "DB109", "error"),
    Example(
      "a command that the system cannot start",
      "echo " + String(repeating: "x", count: 131_072) + "\n",
      "DB701",
      "warning"
    ),
  ]

  /// A finding as `check --format json` prints it, as far as it matters here.
  private struct Finding: Decodable {
    let code: String
    let severity: String
  }

  @Test(arguments: examples)
  func `check names it and its exit status follows the severity`(example: Example) throws {
    let folder = try TemporaryFolder()
    try folder.write(example.bytes, to: "Tasks")
    let outcome = try Disbatch.run("check", "--format", "json", "Tasks", in: folder)
    let findings = try JSONLines.decode(Finding.self, from: outcome.output)
    #expect(
      findings.contains { $0.code == example.code && $0.severity == example.severity },
      "\(outcome)"
    )
    #expect(outcome.ending == .exited(example.severity == "error" ? 1 : 0), "\(outcome)")
  }

  @Test(arguments: examples)
  func `run refuses errors of the language before anything starts`(example: Example) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch started\n".utf8 + example.bytes, to: "Tasks")
    // Behind the first line a byte order mark is no longer one, and PERENGINE is late already.
    guard example.severity == "error", example.code != "DB801" else { return }
    let outcome = try Disbatch.run("run", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(example.code), "\(outcome)")
    // Numbers that are too large stay so.
    #expect(outcome.errorText.contains("--no-check") == (example.code != "DB703"), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }

  @Test(
    arguments: ["check", "expand", "run"],
    [
      "#DISBATCH REPEAT 9223372036854775808 x\n",
      "#DISBATCH REPEAT 2 start 9223372036854775807 x\n",
    ]
  )
  func `numbers of 2^63 and more are an error even unchecked`(command: String, text: String) throws
  {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "Tasks")
    let unchecked = command == "check" ? [] : ["--no-check"]
    let outcome = try Disbatch.program([command] + unchecked + ["Tasks"], in: folder).run()
    let status: Int32 = ["check": 1, "expand": 0][command] ?? 2
    #expect(outcome.ending == .exited(status), "\(outcome)")
    #expect((outcome.outputText + outcome.errorText).contains(/DB703|2\^63/), "\(outcome)")
  }

  @Test(arguments: ["check", "expand", "run"])
  func `a file that may not be read is named`(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    #expect(unsafe chmod(folder.file("Tasks"), 0) == 0)
    // Root may read everything unless it has given up that right.
    let dropped = "--bounding-set=-dac_override,-dac_read_search"
    let arguments = [command, "Tasks"]
    let outcome =
      geteuid() == 0
      ? try Program("/usr/bin/setpriv", [dropped, Disbatch.path] + arguments, in: folder).run()
      : try Disbatch.program(arguments, in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("Tasks"), "\(outcome)")
    #expect(outcome.errorText.contains("ermission denied"), "\(outcome)")
  }

  @Test func `a line of any length passes through expand unchanged`() throws {
    let folder = try TemporaryFolder()
    let line = [UInt8](
      repeating: UInt8(ascii: "x"),
      count: TestMode.isLong ? 100_000_000 : 10_000_000
    )
    try folder.write(line + [0x0A], to: "Tasks")
    let outcome = try Disbatch.run("expand", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output == line + [0x0A])
  }

  @Test func `a task too long for the system fails alone`() throws {
    let folder = try TemporaryFolder()
    let long = "echo " + String(repeating: "x", count: 200_000)
    try folder.write(": > before\n\(long)\n: > after\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    let rows = try StatusRow.rows(of: "run", in: folder)
    #expect(rows.map(\.returnCode) == [0, Int(E2BIG), 0])
    #expect(folder.contains("before") && folder.contains("after"))
  }

  @Test func `a task file without an end of its last line is whole`() throws {
    let folder = try TemporaryFolder()
    try folder.write("echo one > one\necho two > two", to: "Tasks")
    #expect(try Disbatch.run("run", "Tasks", in: folder).ending == .exited(0))
    #expect(try folder.text(of: "two") == "two\n")
  }

  @Test func `line ends of all kinds separate tasks`() throws {
    let folder = try TemporaryFolder()
    try folder.write("echo a >> out\r\necho b >> out\recho c >> out\n", to: "Tasks")
    let outcome = try Disbatch.run("run", "-j", "1", "-p", "run", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.text(of: "out") == "a\nb\nc\n")
    #expect(try StatusRow.rows(of: "run", in: folder).map { $0.fields[2] } == ["1", "2", "2"])
  }
}
