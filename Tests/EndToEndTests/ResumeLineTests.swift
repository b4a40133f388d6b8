import Glibc
import TestSupport
import Testing

/// The command that a run prints at its end does what it promises when it is pasted.
@Suite struct ResumeLineTests {
  private func line(_ outcome: ProgramOutcome) throws -> ResumeLine {
    try #require(ResumeLine(in: outcome), "\(outcome)")
  }

  /// A run that ends in front of its end, and what is to come of the command that it prints.
  struct Ending: CustomTestStringConvertible, Sendable {
    let options: [String]
    let tasks: String
    let purpose: String
    /// Whether what failed runs again.
    let runsFailedAgain: Bool

    var testDescription: String { "\(options.joined(separator: " ")): \(tasks.debugDescription)" }
  }

  private static let failing = "[ -e mended ] && echo again >> failed"
  private static let rest = "true 2\ntrue 3\n"
  private static let both = "to run what failed again, and then the rest"

  static let endings = [
    Ending(
      options: ["-f"],
      tasks: "true\n\(failing)\n\(rest)",
      purpose: "to go on",
      runsFailedAgain: false
    ),
    Ending(
      options: ["-f"],
      tasks: "true\n\(failing)\n\(rest)#DISBATCH BARRIER CHECK\ntouch end\n",
      purpose: both,
      runsFailedAgain: true
    ),
    Ending(
      options: ["-f", "-e"],
      tasks:
        "true\n#DISBATCH BARRIER CHECK\n\(failing)\n\(rest)#DISBATCH BARRIER CHECK\ntouch end\n",
      purpose: both,
      runsFailedAgain: true
    ),
    Ending(
      options: ["--fail-fast"],
      tasks: "\(failing)\n\(rest)#DISBATCH BARRIER\ntrue\n#DISBATCH BARRIER CHECK\ntouch end\n",
      purpose: "to go on",
      runsFailedAgain: false
    ),
    Ending(
      options: ["--halt", "soon,fail=1"],
      tasks: "\(failing)\n\(rest)#DISBATCH BARRIER CHECK\ntouch end\n",
      purpose: both,
      runsFailedAgain: true
    ),
    Ending(
      options: ["--halt=now,fail=1"],
      tasks: "\(failing)\n\(rest)touch end\n",
      purpose: "to go on",
      runsFailedAgain: false
    ),
    Ending(
      options: ["-C", "2"],
      tasks: "\(failing)\n\(rest)#DISBATCH BARRIER CHECK\n",
      purpose: both,
      runsFailedAgain: true
    ),
    Ending(
      options: [],
      tasks: "\(failing)\nkill -USR1 $(grep -o 'driver ([0-9]*' run_driver.log | tr -dc 0-9)\n"
        + "\(rest)\(rest)\(rest)#DISBATCH BARRIER CHECK\ntouch end\n",
      purpose: both,
      runsFailedAgain: true
    ),
    Ending(
      options: [],
      tasks: "\(failing)\n\(rest)#DISBATCH BARRIER CHECK\ntouch end\n",
      purpose: both,
      runsFailedAgain: true
    ),
    Ending(
      options: [],
      tasks: "\(failing)\n\(rest)",
      purpose: "to run what failed again",
      runsFailedAgain: true
    ),
  ]

  @Test(arguments: endings)
  func `the command given gets past what ended the run`(ending: Ending) throws {
    let folder = try TemporaryFolder()
    try folder.write(ending.tasks, to: "Tasks")
    let words = ["run", "-j1", "-p", "run"] + ending.options
    let first = try Disbatch.program(words + ["Tasks"], in: folder).run()
    let line = try line(first)
    #expect(line.purpose == ending.purpose, "\(first)")
    try folder.write("", to: "mended")
    var last = try line.pasted(in: folder).run()
    // Of a limit there may be several rounds.
    while let next = ResumeLine(in: last), ending.options.first == "-C" {
      last = try next.pasted(in: folder).run()
    }
    #expect(last.ending == .exited(0), "\(last)")
    #expect(folder.contains("failed") == ending.runsFailedAgain, "\(last)")
    if ending.tasks.contains("touch end") { #expect(folder.contains("end"), "\(last)") }
  }

  @Test(arguments: [
    ["-p", "run", "Tasks"], ["-p", "run", "Tasks", "-rrun_status.txt"],
    ["-eRrrun_status.txt", "-p", "run", "Tasks"], ["-p", "run", "-r", "auto", "Tasks"],
    ["-p", "run", "--res=run_status.txt", "--", "Tasks"],
    ["-p", "run", "-r", "./run_status.txt", "-r", "other.txt", "Tasks"],
  ])
  func `pasted again and again it stays as it is`(words: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\nfalse\ntrue\nfalse\ntrue\n", to: "Tasks")
    try folder.write("", to: "other.txt")
    _ = try Disbatch.run("run", "-j1", "-p", "run", "-C2", "Tasks", in: folder)
    let first = try Disbatch.program(["run", "-j1"] + words, in: folder).run()
    let line = try line(first)
    var seen: [String] = []
    for _ in 0..<3 {
      let again = try line.pasted(in: folder).run()
      seen.append(try self.line(again).command)
    }
    #expect(seen.allSatisfy { $0 == line.command }, "\(line.command)\n\(seen)")
    #expect(line.command.components(of: "_status.txt") <= 1, "\(line.command)")
    #expect(line.command.components(of: "-R") == 1, "\(line.command)")
  }

  /// How the executable may be called.
  enum Call: String, CaseIterable, Sendable {
    case absolute, relative, link, path, installed, installedReference, byPath, referenceByPath
  }

  @Test(arguments: Call.allCases)
  func `it calls the program as it was called`(call: Call) throws {
    let folder = try TemporaryFolder()
    let commands = try InstalledCommands()
    try folder.makeFolder("bin")
    try folder.link("bin/disbatch", to: Disbatch.path)
    try folder.link("d", to: Disbatch.path)
    let (word, shown): (String, String?) =
      switch call {
      case .absolute: (Disbatch.path, Disbatch.path)
      case .relative: ("./d", "./d")
      case .link: ("bin/disbatch", "bin/disbatch")
      case .path: ("disbatch", "disbatch")
      case .installed: ("disbatch", "disbatch")
      case .installedReference: ("disBatch", "disBatch")
      case .byPath: ("\(commands.binaries)/disbatch", nil)
      case .referenceByPath: ("\(commands.binaries)/disBatch", nil)
      }
    try folder.write("[ -e mended ]\n", to: "Tasks")
    func shell(_ line: String) -> Program {
      switch call {
      case .path:
        let program = Program("/bin/bash", ["-c", line], in: folder)
        return program.setting("PATH", to: folder.file("bin") + ":/usr/bin:/bin")
      case .installed, .installedReference: return commands.shell(line, in: folder)
      default: return Program("/bin/bash", ["-c", line], in: folder)
      }
    }
    let first = try shell("'\(word)' -p run Tasks").run()
    let line = try line(first)
    if let shown { #expect(line.command.hasPrefix("\(shown) "), "\(line)") }
    try folder.write("", to: "mended")
    let second = try shell(line.command).run()
    #expect(second.errorText.contains("1 done, 0 failed, 0 skipped"), "\(line) \(second)")
  }

  @Test(arguments: ["-", "/dev/stdin", "/dev/fd/0"])
  func `a file on standard input is read again from its path`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n[ -e mended ]\n", to: "the 'tasks'")
    let script = "'\(Disbatch.path)' run -j1 -p run \(name) < \"the 'tasks'\""
    let first = try Program("/bin/bash", ["-c", script], in: folder).run()
    try folder.write("", to: "mended")
    let second = try line(first).pasted(in: folder).run()
    #expect(second.errorText.contains("1 done, 0 failed, 1 skipped"), "\(second)")
  }

  @Test func `another descriptor of the caller is opened again too`() throws {
    let folder = try TemporaryFolder()
    try folder.write("[ -e mended ]\n", to: "T")
    let script = "'\(Disbatch.path)' run -j1 -p run /dev/fd/7 7< T"
    let first = try Program("/bin/bash", ["-c", script], in: folder).run()
    let line = try line(first)
    #expect(line.command.hasSuffix(" 7< \(folder.file("T"))"), "\(line)")
    try folder.write("", to: "mended")
    #expect(try line.pasted(in: folder).run().errorText.contains("1 done, 0 failed"))
  }

  /// What cannot be had again by a path, and what is said of it.
  @Test(arguments: [
    ("cat T | $D -j1 -p run -", ", pipe the same tasks into", "cat T | "),
    ("$D -j1 -p run - < <(cat T)", ", pipe the same tasks into", "cat T | "),
    ("{ read x; $D -j1 -p run -; } < T2", ", pipe the same tasks into", "cat T | "),
    ("exec 5< T; rm T; $D -j1 -p run - <&5", ", pipe the same tasks into", "cat T3 | "),
    ("mkfifo P; cat T > P & $D -j1 -p run P", ", with the same tasks in P again", "cat T > P & "),
  ])
  func `tasks that can be read only once are asked for`(
    script: String,
    request: String,
    again: String
  ) throws {
    let folder = try TemporaryFolder()
    for name in ["T", "T3"] { try folder.write("true\n[ -e mended ]\n", to: name) }
    try folder.write("exit 9\ntrue\n[ -e mended ]\n", to: "T2")
    let setting = "D='\(Disbatch.path) run'; "
    let first = try Program("/bin/bash", ["-c", setting + script], in: folder).run()
    let line = try line(first)
    #expect(line.purpose == "to run what failed again\(request)", "\(first)")
    try folder.write("", to: "mended")
    let second = try Program("/bin/bash", ["-c", again + line.command], in: folder).run()
    #expect(second.errorText.contains("1 done, 0 failed, 1 skipped"), "\(second)")
  }

  @Test(arguments: [
    "two words", "a'b", "$HOME", "=x", "-\n", "`id`$(id)", "!!", "a\"b", "\\", "%1", "{a,b}", "-r",
    "-S", "~", "*", "a\\b", "#x", "x=y;z", "ä€😀", "a\nb", "\u{1B}[31m",
    "tab\there", "x\r",
  ])
  func `odd names are quoted`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n[ -e mended ]\n", to: name)
    let words = ["run", "-j1", "--prefix=\(name)p", "--label=\(name)", "--", name]
    let first = try Disbatch.program(words, in: folder).run()
    try folder.write("", to: "mended")
    let second = try line(first).pasted(in: folder).run()
    #expect(second.errorText.contains("1 done, 0 failed, 1 skipped"), "\(second)")
    // A label has `_` for what no row can hold.
    let label = String(name.map { "\n\t\r\u{1B}".contains($0) ? "_" : $0 })
    #expect(folder.contains("\(name)p_\(label).context.log"))
  }

  /// Names as bash writes them.
  @Test(arguments: [
    #"$'d\xe9'"#, #"$'\xff two\nlines'"#, #"$'-\x80'"#, #"$'\'\xc3\x28$HOME"'"#, #"$'=\xfe!\t'"#,
    #"$'\xed\xa0\x80'"#,
  ])
  func `names that are not UTF-8 are quoted`(name: String) throws {
    let folder = try TemporaryFolder()
    let script = """
      name=\(name)
      d() { '\(Disbatch.path)' run -j1 "$@"; }
      mkdir -- "./$name" && cd -- "./$name" || exit 90
      printf 'true\\n[ -e mended ]\\n' > "./$name"
      d -p "p$name" --label="$name" --logfile "l$name" --results "r$name" -- "$name" 2> err
      line=$(sed -n 's/^to run what failed again: //p' err)
      printf %s "$line" | LC_ALL=C tr -d '\\200-\\377' | cmp - <(printf %s "$line"); echo $?
      : > mended
      bash -c "$line" 2> err2; sed -n 's/\\(skipped\\) in .*/\\1/p' err2
      [ -s "p${name}_status.txt" ]; echo $?
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(outcome.outputText == "0\n1 done, 0 failed, 1 skipped\n0\n", "\(outcome)")
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
