import TestSupport
import Testing

/// Machines and folders on which something is missing that is nearly always there.
@Suite struct MissingGroundTests {
  /// What is done in a working directory that was removed: the exit status, and what is said.
  static let removed: [(command: String, code: Int, text: String)] = [
    ("run -p x $T", 2, "the working directory, in which tasks run, has been removed"),
    ("run $T", 2, "the working directory, in which tasks run, has been removed"),
    ("run -n $T", 2, "the working directory, in which tasks run, has been removed"),
    ("run --output o $T", 2, "the working directory"), ("run --results r $T", 2, "the working"),
    ("run -p $F/x $T", 2, "the working directory"), ("run nofile", 2, "has been removed"),
    ("run -r auto -p x $T", 2, "the working directory"),
    ("check nofile", 2, "cannot read 'nofile': the working directory has been removed"),
    ("check $T", 0, ""), ("check - < $T", 0, ""), ("check ../nofile", 2, "'../nofile'"),
    ("fmt nofile", 2, "has been removed"), ("fmt --check $T", 0, ""), ("expand $T", 0, "true"),
    ("expand --output o $T", 2, "cannot write 'o': the working directory has been removed"),
    ("status nofile", 2, "has been removed"), ("output nofile 0", 2, "nofile"),
    ("--version", 0, "."), ("--help", 0, "disbatch"), ("explain DB101", 0, "DB101"),
    ("lsp", 1, ""), ("nofile", 2, "nofile"), ("check --diff $T", 0, ""),
  ]

  @Test(arguments: removed)
  func `in a working directory that was removed there is an answer, and no crash`(
    command: String,
    code: Int,
    text: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let script = """
      F=$PWD; T=$PWD/Tasks; mkdir g; cd g; rmdir ../g
      '\(Disbatch.path)' \(command)
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(outcome.ending == .exited(Int32(code)), "\(outcome)")
    #expect((outcome.outputText + outcome.errorText).contains(text), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }

  @Test func `a working directory that is removed while tasks run takes nothing with it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("rm -r ../g; echo one\necho two\n", to: "Tasks")
    let script = """
      mkdir g; cd g
      exec '\(Disbatch.path)' run -j1 -p ../run ../Tasks
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).count == 2)
  }

  @Test(
    .enabled(
      if: Machine.isRoot && Machine.has("/usr/bin/setpriv"),
      "needs root, to become a user who may not read a folder"
    )
  )
  func `a working directory that may not be looked into is named, with the reason`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let script = """
      chmod 0777 . && cp '\(Disbatch.path)' executable && mkdir -p shut/g && cd shut/g && chmod 0 ..
      exec setpriv --reuid 65534 --regid 65534 --clear-groups \
      "$OLDPWD/executable" run -n -p x "$OLDPWD/Tasks"
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("cannot be used: Permission denied"), "\(outcome)")
    #expect(outcome.errorText.split(separator: "\n").count == 1, "\(outcome)")
  }

  /// What is missing, what is done, the exit status, and what is said.
  static let missing: [(lack: String, command: String, code: Int32, text: String)] = [
    ("umount -l /proc", "--version", 0, "."), ("umount -l /proc", "check Tasks", 0, ""),
    ("umount -l /proc", "expand Tasks", 0, "true"),
    ("umount -l /proc", "run -n -p run Tasks", 1, "/proc is not mounted"),
    ("umount -l /proc", "run -j1 -p run Tasks", 1, "/proc is not mounted"),
    ("mount -t tmpfs none /dev", "--version", 0, "."),
    ("mount -t tmpfs none /dev", "check Tasks", 0, ""),
    (
      "mount -t tmpfs none /dev", "run -j1 -p run Tasks", 1,
      "cannot open /dev/null, which tasks read: No such file or directory"
    ),
    ("mount -t tmpfs -o ro none /tmp", "run -j1 -q -p run Tasks", 0, ""),
    ("mount -t tmpfs -o ro none /var/tmp; unset TMPDIR", "check --fix Tasks", 0, ""),
  ]

  @Test(.enabled(if: PrivateMounts.arePossible, "\(PrivateMounts.need)"), arguments: missing)
  func `what a machine lacks is named where it is needed`(
    lack: String,
    command: String,
    code: Int32,
    text: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    // The folder and the executable may lie where something is mounted over.
    let script = """
      cp '\(Disbatch.path)' executable && mount --bind . /mnt && cd /mnt || exit 90
      \(lack) || exit 91
      ./executable \(command)
      """
    let outcome = try PrivateMounts.shell(script, in: folder).run(seconds: 60)
    #expect(outcome.ending == .exited(code), "\(outcome)")
    #expect((outcome.outputText + outcome.errorText).contains(text), "\(outcome)")
    if code != 0 { #expect(outcome.errorText.split(separator: "\n").count <= 2, "\(outcome)") }
  }

  @Test(arguments: [64, 128, 256, 1024])
  func `a small stack is no hindrance`(kilobytes: Int) throws {
    let folder = try TemporaryFolder()
    let deep = String(repeating: "( ", count: 60) + "echo one" + String(repeating: " )", count: 60)
    try folder.write("\(deep)\necho two\n", to: "Tasks")
    let script = """
      ulimit -s \(kilobytes)
      '\(Disbatch.path)' --version > /dev/null; echo $?
      '\(Disbatch.path)' check Tasks > /dev/null 2>&1; echo $?
      '\(Disbatch.path)' run -q -j2 -p run Tasks; echo $?
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(outcome.outputText == "0\n0\n0\n", "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).count == 2)
  }

  @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">&- 2>&-"])
  func `closed standard descriptors are nobody's, and nothing lands in a file by mistake`(
    closed: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("#DISBATCH repeat 1 true\n", to: "Tasks")
    let script = """
      '\(Disbatch.path)' fmt Tasks \(closed); echo $?
      '\(Disbatch.path)' run -q -j1 -p run Tasks \(closed); echo $?
      '\(Disbatch.path)' expand --output flat Tasks \(closed); echo $?
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(outcome.outputText == "0\n0\n0\n", "\(outcome)")
    #expect(try folder.text(of: "Tasks") == "#DISBATCH REPEAT 1 true\n")
    #expect(try folder.text(of: "flat") == "#DISBATCH REPEAT 1 start 0 step 1 true\n")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [0])
  }

  @Test(
    arguments: [
      "env -i", "env -u HOME -u USER -u LOGNAME", "env LC_ALL=broken LANG=x", "env HOME=relative",
      "env HOME= XDG_CONFIG_HOME= TMPDIR= PATH=", "env -i LC_ALL=C", "env TERM=",
    ]
  )
  func `an environment of any kind will do`(environment: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("echo é\n", to: "Tasks")
    let script = """
      \(environment) '\(Disbatch.path)' run -q -j1 -p run Tasks; echo $?
      \(environment) '\(Disbatch.path)' check Tasks > /dev/null 2>&1; echo $?
      """
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run(seconds: 60)
    #expect(outcome.outputText == "0\n0\n", "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).map(\.returnCode) == [0])
  }
}
