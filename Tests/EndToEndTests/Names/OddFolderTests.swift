import TestSupport
import Testing

/// Folders and files whose names are any bytes.
@Suite struct OddFolderTests {
  /// Names as bash writes them.
  static let names = [
    #"$'d\xe9'"#, #"$'\xff\xfe two words'"#, #"$'line\nend'"#, #"$'-r\x80'"#,
    // A mark that would be joined to the slash in front, and what escapes of bytes are made of.
    #"$'\xcc\x81x'"#, #"$'\xf4\x8f\xbf\xa9'"#, #"$'a\x1b[31m\'"$x'"#,
  ]

  /// A script in a folder of such a name, in which `d` is the executable under test.
  ///
  /// Nothing may be made beside the folder; what `say` says is the script's output.
  private static func run(_ name: String, _ script: String) throws -> ProgramOutcome {
    let folder = try TemporaryFolder()
    let frame = """
      set -u
      d() { '\(Disbatch.path)' "$@"; }
      disbatch() { d "$@"; }
      name=\(name)
      mkdir -- "./$name" && cd -- "./$name" || exit 90
      printf 'echo out; false\\necho two\\n' > Tasks
      \(script)
      cd .. && [ "$(find . -mindepth 1 -maxdepth 1 -printf x)" = x ] || echo 'something lies beside'
      """
    return try Program("/bin/bash", ["-c", frame], in: folder).run()
  }

  @Test(arguments: names)
  func `a run in a folder of any name puts its files there and goes on there`(
    name: String
  ) throws {
    let outcome = try Self.run(
      name,
      """
      d run -q -j1 -p x --logfile log --results res Tasks 2> err; echo $?
      ls -d x_status.txt x_*.context.log x_*_engine_0.log log res/00000/00000000.out | wc -l
      d status --format json x_status.txt | grep -c '"failed":1,'
      d output ./res 0 && d output "$PWD/res" 1
      eval "$(sed -n 's/^to run what failed again: //p' err)" 2> err2; echo $?
      ls x_status.txt.1
      d run -q -j1 -p "$PWD/y" -r auto --output "$PWD/kept" "$PWD/Tasks" 2> /dev/null; echo $?
      d output kept 0
      d run -q -j1 -p z --results "$PWD/res" Tasks 2>&1 | grep -c 'not kept'; ls res/00000 | wc -l
      d run -q -j1 Tasks 2> /dev/null; ls Tasks_disBatch_*_status.txt | wc -l
      """
    )
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(
      outcome.outputText == "0\n5\n1\nout\ntwo\n0\nx_status.txt.1\n0\nout\n0\n5\n1\n",
      "\(outcome)"
    )
  }

  @Test(arguments: names)
  func `a task file of any name is checked, written anew, expanded and run`(name: String) throws {
    let outcome = try Self.run(
      name,
      """
      t=$PWD/$name
      printf '%s\\n' '#DISBATCH  PREFIX a' 'printf %s "$DISBATCH_NAMETASKS/$DISBATCH_JOBID" > ran' > "$t"
      d check --format json "$t" > found; echo $?; grep -c '"file":' found
      d check "./$name" > /dev/null 2>&1; echo $?
      d check --format sarif "$t" > found; python3 -c 'import json; json.load(open("found"))'; echo $?
      printf '%s\\n' 'printf %s "$DISBATCH_NAMETASKS/$DISBATCH_JOBID"   > ran' 'true   ' > "$t"
      d fmt "$t" 2> /dev/null; echo $?
      d expand --output "flat$name" "$t"; echo $?; [ -s "flat$name" ]; echo $?
      d expand --format bash "$t" > script && bash -n script; echo $?
      d run -q -j1 -p "p$name" -- "$t" 2> /dev/null; echo $?
      [ -s "p${name}_status.txt" ]; echo $?
      [ "$(cat ran; echo x)" = "$name/p${name}x" ]; echo $?
      """
    )
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.outputText == "1\n1\n1\n0\n0\n0\n0\n0\n0\n0\n0\n", "\(outcome)")
  }

  @Test(arguments: names)
  func `settings are found from a folder of any name, and folders of any name are looked for`(
    name: String
  ) throws {
    let outcome = try Self.run(
      name,
      """
      printf 'true\\ntrue\\n' > Tasks
      # A line of a task file has no line end in it.
      m=${name//$'\\n'/}; q=${m//"'"/"'\\\\''"}
      mkdir -- "in$name"; mkdir -p -- "in$m"
      printf "true > '%s'/out\\n" "in$q" "no$q" > "in$name/More"
      printf 'allow=all\\n' > .disbatchrc
      d check "in$name/More" > found 2>&1; echo $?
      rm .disbatchrc; d check --check-paths "in$name/More" > found 2>&1
      grep -c 'there is no folder `no' found; grep -c 'there is no folder' found
      """
    )
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(outcome.outputText == "0\n1\n1\n", "\(outcome)")
  }

  @Test(
    arguments: [
      ("-j $'\\xe9' Tasks", "--jobs takes a whole number from 1 to 1000000, not '\\xE9'"),
      ("--mailTo $'a\\xe9@b' Tasks", "--mailTo takes an address"),
      ("--halt $'\\xe9' Tasks", "not '\\xE9'"),
      ("--timeout $'9\\xe9' Tasks", "not '9\\xE9'"),
      ("$'--w\\xe9b' Tasks", "unknown option '--w\\xE9b'"),
    ]
  )
  func `a word that is no path is refused by its bytes`(words: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    let line = "'\(Disbatch.path)' run -p run \(words)"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run()
    #expect(outcome.ending == .exited(2), "\(outcome)")
    #expect(outcome.errorText.contains(text), "\(outcome)")
    #expect(try folder.names() == ["Tasks"])
  }

  @Test func `items of a variable for slots are their bytes`() throws {
    let folder = try TemporaryFolder()
    try folder.write("printf %s \"$ITEM\" > item$DISBATCH_CYLINDER_RANK; sleep 0.2\n", to: "Tasks")
    let line = "ITEM=$'\\xe9,b' '\(Disbatch.path)' run -q -j1 -E ITEM -p run Tasks"
    let outcome = try Program("/bin/bash", ["-c", line], in: folder).run()
    #expect(outcome.ending == .exited(0), "\(outcome)")
    #expect(try folder.bytes(of: "item0") == [0xE9])
  }
}
