import TestSupport
import Testing

/// What a run says of the findings in the file that it runs.
@Suite struct FindingsAheadTests {
  private func run(_ words: [String], _ tasks: String, rc: String = "") throws -> ProgramOutcome {
    let folder = try TemporaryFolder()
    try folder.write(tasks, to: "a file")
    try folder.write(rc, to: ".disbatchrc")
    return try Disbatch.program(["run", "-j1", "-p", "run"] + words + ["a file"], in: folder).run()
  }

  private func said(_ outcome: ProgramOutcome) -> String? {
    let line = outcome.errorText.split(separator: "\n").first { $0.contains("; see: ") }
    return line.map { String($0.split(separator: "; see: ")[0]) }
  }

  @Test(arguments: [
    // Unclosed quotes and loops are errors of the shell; they do not stop a run.
    ("echo 'a\n", "1 error"), ("for i in 1; do\ntrue\n", "1 error"),
    ("cd nowhere\ntrue\n", "1 warning"), ("echo 'a\ncd nowhere\ntrue\n", "1 error and 1 warning"),
    ("cd x\ncd y\n", "2 warnings"),
    // Findings of the language that refuse no file count too.
    ("#DISBATCH BARRIER\ntrue\n", "1 warning"),
    ("true\n", nil), ("cd x # disbatch: ignore\n", "1 warning"),
    ("# disbatch: ignore[DB409]\ncd x\ntrue\n", nil),
  ])
  func `a run names how many there are, and goes on`(tasks: String, count: String?) throws {
    let outcome = try run([], tasks)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(said(outcome) == count.map { "disbatch run: \($0) in a file" }, "\(outcome)")
    #expect(said(try run(["-q"], tasks)) == nil)
    #expect(said(try run(["--no-check"], tasks)) == nil)
    #expect(said(try run(["-n"], tasks)) == said(outcome))
  }

  @Test(arguments: [
    ("allow=all\n", nil), ("warn=all\n", "2 warnings"), ("deny=all\n", "2 errors"),
    ("warn=DB3\nallow=DB4\n", "1 warning"), ("nonsense\n", "1 error and 1 warning"),
  ])
  func `settings count as they do for check`(settings: String, count: String?) throws {
    let outcome = try run([], "echo 'a\ncd nowhere\ntrue\n", rc: settings)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(said(outcome) == count.map { "disbatch run: \($0) in a file" }, "\(outcome)")
  }

  @Test func `the command shown shows them`() throws {
    let folder = try TemporaryFolder()
    try folder.write("echo 'a\ncd x\n", to: "a file")
    let outcome = try Disbatch.run("run", "-j1", "-p", "run", "a file", in: folder)
    let line = try #require(outcome.errorText.split(separator: "\n").first)
    let command = try #require(line.split(separator: "; see: ").last)
    let check = try Program("/bin/bash", ["-c", String(command)], in: folder).run()
    #expect(check.ending == .exited(1) && check.outputText.contains("DB3"), "\(outcome) \(check)")
  }

  @Test func `of a long file the beginning is looked at, and that is said`() throws {
    let folder = try TemporaryFolder()
    let filler = String(repeating: ": \(String(repeating: "x", count: 8190))\n", count: 1000)
    // The shell never comes to the long part: the second task ends the run.
    try folder.write("cd x\nexit 1\n\(filler)cd y\n#DISBATCH PREFIX x\n", to: "T")
    let outcome = try Disbatch.run("run", "-fj1", "-p", "run", "T", in: folder)
    #expect(
      outcome.errorText.hasPrefix(
        "disbatch run: at least 1 warning in the first 51"
      ),
      "\(outcome)"
    )
  }

  @Test(arguments: ["cat T | $D -", "$D - < T", "$D <(cat T)"])
  func `of a stream nothing is said`(line: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("cd x\n", to: "T")
    let script = "D='\(Disbatch.path) run -j1 -p run'; \(line)"
    #expect(said(try Program("/bin/bash", ["-c", script], in: folder).run()) == nil)
  }
}
