import TestSupport
import Testing

/// Why a run cannot begin, or breaks off, as people see it.
@Suite struct RunErrorTests {
  /// Texts of several lines: the line of shell that brings them, and what they have.
  @Test(arguments: [
    ("$D -r old.txt T", "so nothing was started"),
    ("$D -r old.txt -n T", "so nothing was started"),
    ("$D -r old.txt - < T", "so nothing behind it was started"),
    ("cat T | $D -r old.txt -", "so nothing behind it was started"),
    ("$D -r $'odd\\nname' T", "so nothing was started"),
    ("$D -r old.txt -r $'odd\\nname' T", "so nothing was started"),
  ])
  func `a text of several lines has them, the further ones indented`(
    line: String,
    beginning: String
  ) throws {
    let folder = try TemporaryFolder()
    var row = StatusRowText()
    row.code = 0
    try folder.write(row.text, to: "old.txt")
    try folder.write(row.text, to: "odd\nname")
    try folder.write("echo 'something' else\n", to: "T")
    let script = "D='\(Disbatch.path) run -j1 -p run'; \(line)"
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(outcome.ending == .exited(1), "\(outcome)")
    let lines = outcome.errorText.split(separator: "\n").map(String.init)
    let first = try #require(lines.firstIndex { $0.contains(beginning) }, "\(outcome)")
    #expect(lines[first + 1] == "  now,  line 1: echo 'something' else", "\(outcome)")
    #expect(lines[first + 2] == "  then, line 1: true", "\(outcome)")
    let name = line.contains("$'odd") ? "odd\\nname" : "old.txt"
    #expect(lines[first + 3] == "  in \(name)", "\(outcome)")
    #expect(lines[first + 4].hasPrefix("  --resume-by text finds"), "\(outcome)")
    let literal = lines.filter { $0.contains(#"\n"#) && !$0.contains("odd") }
    #expect(literal.isEmpty, "\(outcome)")
  }

  /// Folders that take no files, whoever asks: what is refused, and where.
  @Test(arguments: [
    // The files' prefix, by default and by name; both have the same way out.
    ("cd /sys && $D $HERE/T", "cannot make /sys/T_disBatch_"),
    ("$D -p /sys/name $HERE/T", "cannot make /sys/name_status.txt"),
    ("cd /proc && $D $HERE/T", "cannot make /proc/T_disBatch_"),
    ("$D -p $(printf %0300d 1) T", "cannot make "),
  ])
  func `a folder that takes no files is named, and the way out`(
    line: String,
    text: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("touch $HERE/started\n", to: "T")
    let script = "HERE=\(folder.path); D='\(Disbatch.path) run -j1'; \(line)"
    let outcome = try Program("/bin/bash", ["-c", script], in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
    #expect(outcome.errorText.contains("; -p PATH has the run's files elsewhere\n"), "\(outcome)")
    #expect(try folder.names() == ["T"])
  }

  @Test(arguments: ["--logfile /sys/log", "--results /sys/kept", "--output /sys/kept"])
  func `other files that cannot be written are the same kind`(words: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "T")
    let words = words.split(separator: " ").map(String.init)
    let outcome = try Disbatch.program(["-p", "run", "T"] + words, in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(words[1]), "\(outcome)")
  }
}
