import TestSupport
import Testing

/// What a plan looks like when it is printed.
@Suite struct ExpandTests {
  static let source = """
    # a comment
    #DISBATCH PERENGINE START stage in
    #DISBATCH PREFIX prog\u{20}
    #DISBATCH SUFFIX  > log
    one
    #DISBATCH REPEAT 2 start 7 step 3 two
    #DISBATCH BARRIER CHECK key
    #DISBATCH PREFIX\u{20}
    #DISBATCH SUFFIX\u{20}
    three
    #DISBATCH BARRIER
    """

  @Test(arguments: [
    (
      "tasks",
      """
      #DISBATCH PERENGINE START stage in
      prog one > log
      #DISBATCH REPEAT 1 start 7 step 1 prog two > log
      #DISBATCH REPEAT 1 start 10 step 1 prog two > log
      #DISBATCH BARRIER CHECK key
      three
      #DISBATCH BARRIER

      """
    ),
    (
      "json",
      """
      {"kind":"perengine","when":"start","index":0,"line":2,"command":"stage in"}
      {"kind":"task","id":0,"line":5,"repeat":-1,"command":"prog one > log"}
      {"kind":"task","id":1,"line":6,"repeat":7,"command":"prog two > log"}
      {"kind":"task","id":2,"line":6,"repeat":10,"command":"prog two > log"}
      {"kind":"barrier","id":3,"line":7,"check":true,"key":"key"}
      {"kind":"task","id":4,"line":10,"repeat":-1,"command":"three"}
      {"kind":"barrier","id":5,"line":11,"check":false,"key":null}

      """
    ),
  ])
  func `the documented forms are printed to the letter`(format: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.source, to: "Tasks")
    let outcome = try Disbatch.run("expand", "--format", format, "Tasks", in: folder)
    #expect(outcome.outputText == text)
    #expect(outcome.error == [])
    let piped = try Disbatch.program(["expand", "--format=\(format)", "-"]).reading(Self.source)
      .run()
    #expect(piped.outputText == text)
  }

  @Test func `values stand for variables where that is wanted`() throws {
    let source = "#DISBATCH REPEAT 2 start 4 echo $DISBATCH_REPEAT_INDEX > $DISBATCH_TASKID\n"
    let outcome = try Disbatch.program(["expand", "--inline", "-"]).reading(source).run()
    #expect(outcome.outputText == "echo 4 > 0\necho 5 > 1\n")
    let wrong = try Disbatch.program(["expand", "--inline", "--format=json", "-"]).run()
    #expect(wrong.ending == .exited(2))
    #expect(wrong.errorText.contains("--inline goes with --format tasks"))
  }

  @Test func `a file is written when one is named`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.source, to: "Tasks")
    let printed = try Disbatch.run("expand", "Tasks", in: folder)
    let outcome = try Disbatch.run("expand", "-o", "flat", "Tasks", in: folder)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.output == [])
    #expect(try folder.bytes(of: "flat") == printed.output)
  }

  @Test func `a file is written where links lead to it, though it be the first time`() throws {
    let folder = try TemporaryFolder()
    try folder.write("one\n", to: "Tasks")
    try folder.makeFolder("real")
    try folder.link("next", to: "real/flat")
    try folder.link("flat", to: folder.file("next"))
    for _ in 0..<2 {
      let outcome = try Disbatch.run("expand", "-o", "flat", "Tasks", in: folder)
      #expect(outcome.ending == .exited(0), "\(outcome)")
      #expect(try folder.text(of: "real/flat") == "one\n")
      try folder.write("two\n", to: "real/flat")
      #expect(try folder.text(of: "flat") == "two\n")
    }
  }

  @Test func `a long plan is the same in a file, on standard output and from a pipe`() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<20_000).map { "analyse --seed \($0) \"data/sample \($0).dat\"" }
    let text = "#DISBATCH PREFIX cd x; \n" + lines.map { $0 + "\n" }.joined()
    try folder.write(text, to: "Tasks")
    let flat = lines.map { "cd x; \($0)\n" }.joined()
    let printed = try Disbatch.run("expand", "Tasks", in: folder)
    #expect(printed.outputText == flat)
    let piped = try Disbatch.program(["expand", "-"]).reading(text).run()
    #expect(piped.outputText == flat)
    let written = try Disbatch.run("expand", "-o", "flat", "Tasks", in: folder)
    #expect(written.ending == .exited(0), "\(written)")
    #expect(try folder.text(of: "flat") == flat)
  }

  @Test(arguments: zip(["a task", "#DISBATCH REPEAT 1000000000000 a task"], [50_000, 1]))
  func `an error far behind leaves what was there`(line: String, count: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("old\n", to: "flat")
    let tasks = String(repeating: line + "\n", count: count)
    try folder.write(tasks + "#DISBATCH PREFX ( cd x ;\n#DISBATCH PREFX\n", to: "Tasks")
    let outcome = try Disbatch.run("expand", "-o", "flat", "Tasks", in: folder)
    #expect(outcome.ending == .exited(1), "\(outcome)")
    #expect(
      outcome.errorText.split(separator: "\n").filter { $0.hasPrefix("error[DB101]") }.count == 2
    )
    #expect(outcome.errorText.contains("nothing was expanded"))
    #expect(try folder.text(of: "flat") == "old\n")
    #expect(try folder.names().sorted() == ["Tasks", "flat"])
  }

  @Test func `a disk that is full is named`() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "a task\n", count: 100_000), to: "Tasks")
    let outcome = try Disbatch.run("expand", "-o", "/dev/full", "Tasks", in: folder)
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains("cannot write '/dev/full': No space left on device"))
  }

  @Test func `the bash form prints what the run prints`() throws {
    let folder = try TemporaryFolder()
    let show = "\"$DISBATCH_TASKID $DISBATCH_REPEAT_INDEX_ZP $DISBATCH_STREAM_INDEX\" >> \"$OUT\""
    let tasks = """
      #DISBATCH PREFIX printf '%s|' 'it''s' "a  b" $'tab\\there' \\\\ é;\u{20}
      #DISBATCH SUFFIX ; printf '%s\\n' \(show)
      printf "%s|" "$HOME" `echo tick` $(echo "sub 'shell'")
      #DISBATCH REPEAT 3 start 5 step 5 printf '%s|' *
      #DISBATCH BARRIER
      : # not the end ) ; '
      #DISBATCH PREFIX\u{20}
      -x 2> /dev/null
      printf '%s|' '! $x `y` "z" \\ ' ~ {a,b}
      """
    try folder.write(tasks, to: "Tasks")
    // Results and files of the run are elsewhere, so that the tasks find the same folder twice.
    let elsewhere = try TemporaryFolder()
    let run = try Disbatch.program(
      ["run", "-e", "-j", "1", "-p", elsewhere.file("run"), "Tasks"],
      in: folder
    ).setting("OUT", to: elsewhere.file("ran")).run()
    try #require(run.ending == .exited(0), "\(run)")
    let script = "'\(Disbatch.path)' expand --format bash Tasks | /bin/bash"
    let bash = try Program("/bin/bash", ["-c", script], in: folder)
      .setting("OUT", to: elsewhere.file("bashed")).run()
    try #require(bash.ending == .exited(0), "\(bash)")
    let lines = try elsewhere.text(of: "ran")
    #expect(lines.split(separator: "\n").count == 6)
    #expect(try elsewhere.text(of: "bashed") == lines)
  }
}
