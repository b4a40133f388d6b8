import TestSupport
import Testing

/// What others have put under the names of a run's files, and names that lead elsewhere.
@Suite struct PlantedFileTests {
  static let links: [(how: String, what: String)] = [
    ("ln -s victim", "a symbolic link"), ("ln -s gone", "a symbolic link"),
    ("ln victim", "a file with another name (a hard link)"),
  ]

  /// What is put under which name; a log may be missing, a status file may not.
  static let plants: [(file: String, how: String, what: String)] =
    ["run_status.txt", "run_driver.log", "run_L.context.log"].flatMap { file in
      links.map { (file, $0.how, $0.what) }
    } + [("run_status.txt", "mkfifo", "no regular file"), ("run_status.txt", "mkdir", "a folder")]

  @Test(arguments: plants)
  func `nothing is written into what was planted under a name of ours`(
    file: String,
    how: String,
    what: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch ran\n", to: "Tasks")
    try folder.write("", to: "victim")
    let script = """
      \(how) \(file)
      exec '\(Disbatch.path)' run -j1 -l L -p run Tasks
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(outcome.ending == .exited(2), "\(outcome)")
    let path = folder.file(file)
    #expect(outcome.errorText.contains("cannot make \(path): it is \(what)"), "\(outcome)")
    #expect(try folder.size(of: "victim") == 0)
    #expect(!folder.contains("gone") && !folder.contains("ran"))
  }

  @Test func `an engine's log is no link to elsewhere`() throws {
    let folder = try TemporaryFolder()
    try folder.write("touch ran\n", to: "Tasks")
    try folder.write("", to: "victim")
    let script = """
      host=$(uname -n); ln -s victim "run_L_${host%%.*}_engine_0.log"
      exec '\(Disbatch.path)' run -j1 -l L -p run Tasks
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("_engine_0.log: it is a symbolic link"), "\(outcome)")
    #expect(try folder.size(of: "victim") == 0 && !folder.contains("ran"))
  }

  @Test func `kept output does not follow links that were put where it goes`() throws {
    let folder = try TemporaryFolder()
    try folder.write("echo one\n", to: "Tasks")
    try folder.makeFolder("elsewhere")
    try folder.makeFolder("res")
    try folder.link("res/00000", to: folder.file("elsewhere"))
    let outcome = try Disbatch.run(
      "run",
      "-j1",
      "-p",
      "run",
      "--results",
      "res",
      "Tasks",
      in: folder
    )
    #expect(outcome.errorText.contains("no symbolic link is followed there"), "\(outcome)")
    let found = try Program("/bin/ls", [folder.file("elsewhere")]).run()
    #expect(found.output.isEmpty, "\(found)")
  }

  @Test func `paths that the user gave are followed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("echo one\n", to: "Tasks")
    try folder.makeFolder("real")
    try folder.write("", to: "real/log")
    try folder.link("here", to: "real")
    try folder.link("log", to: "real/log")
    try folder.link("kept", to: "real/kept")
    let outcome = try Disbatch.run(
      "run",
      "-j1",
      "-p",
      "here/run",
      "--logfile",
      "log",
      "--output",
      "kept",
      "Tasks",
      in: folder
    )
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("real/run_status.txt"))
    #expect(try folder.size(of: "real/log") > 0 && folder.size(of: "real/kept") > 0)
    let onTerminal = try Disbatch.run(
      "run",
      "-q",
      "-j1",
      "-p",
      "other",
      "--logfile",
      "/dev/stderr",
      "Tasks",
      in: folder
    )
    #expect(onTerminal.ending == .exited(0), "\(onTerminal)")
    #expect(onTerminal.errorText.contains("INFO"), "\(onTerminal)")
  }

  static let labels = [
    (#"a/b"#, "a_b"), (#"$'a\tb'"#, "a_b"), (#"$'a\nb\e[31m'"#, "a_b_[31m"),
    (#"../../x"#, ".._.._x"),
    (#"$'a\xe9'"#, "a_"), (#"$'a\xe2\x80\xaeb'"#, "a_b"),
    ("\"$(printf %0300d 0)\"", String(repeating: "0", count: 64)),
  ]

  @Test(arguments: labels)
  func `a label that no file's name can hold is written otherwise, and that is said`(
    label: String,
    written: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let line = "exec '\(Disbatch.path)' run -j1 -p run -l \(label) Tasks"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(folder.contains("run_\(written).context.log"))
    let names = try folder.names()
    #expect(names.contains { $0.hasPrefix("run_\(written)_") }, "\(names)")
    let told = outcome.errorText.split(separator: "\n").filter {
      $0.contains("is written as '\(written)'")
    }
    #expect(told.count == 1, "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.fields.count) == [15])
  }

  @Test(.enabled(if: PrivateMounts.arePossible, "\(PrivateMounts.need)"))
  func `a host's name that would break rows is written otherwise, and that is said`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let script = """
      printf 'no\\tde/\\xe9' > /proc/sys/kernel/hostname || exit 90
      exec '\(Disbatch.path)' run -j1 -p run Tasks
      """
    let outcome = try Program("/usr/bin/unshare", ["-u", "/bin/bash", "-c", script], in: folder)
      .run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.errorText.contains(#"'no\tde/\xE9' is written as 'no_de__'"#), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).map { $0.fields[4] } == ["no_de__"])
    #expect(folder.contains("run_SSH0_no_de___engine_0.log"))
  }
}
