import TestSupport
import Testing

/// Names from outside as people are shown them.
@Suite struct ShownNameTests {
  /// Names that would clear the screen, turn text round or begin a line, as bash writes them.
  static let names = [
    #"$'x\e[31m\e]0;y\a'"#, #"$'x\xc2\x9b31m'"#, #"$'x\xe2\x80\xaegpj'"#, #"$'x\ny: forged'"#,
    #"$'x\r\tz'"#, #"$'x\x7f'"#, #"$'x\x9b31m'"#,
  ]

  /// What commands say about files of such a name: errors, lists, resume commands.
  static let commands = [
    #"d run -j1 -p "p$n" "$n""#, #"d run -n -p "p$n" --output "o$n" "$n""#,
    #"d run -j1 -p "p$n" -l "l$n" --progress plain "$n""#, #"d run -n -p "gone$n/p" "$n""#,
    #"d run -j1 -p "p$n" -r "gone$n" "$n""#, #"d run -j1 "$n" "$n""#, #"d run "gone$n""#,
    #"d run --logfile "gone$n/log" "$n""#, #"d run --results "gone$n/res" "$n""#,
    #"d check "$n" "gone$n""#, #"d check --format gcc "$n""#, #"d check --format github "$n""#,
    #"d check --fix "$n""#, #"d fmt --check "$n""#, #"d fmt "$n""#, #"d status "gone$n""#,
    #"d output "$n" 0"#, #"d explain "$n""#, #"d help "$n""#, #"d "$n" "$n""#, #"d "--$n""#,
    #"d check --config "$n" "$n""#, #"d expand "$n" "$n""#, #"d lsp "$n""#, #"d run "-$n""#,
    #"d run -s "$n" "$n""#, #"d expand --output "gone$n/f" "$n""#, #"d check --deny "$n" -"#,
    #"d run -q -j1 -p "p$n" T2; d run -j1 -p "p$n" "$n"; d status "p${n}_status.txt""#,
    #"d run -q -j1 -p q T2; cat q_driver.log q_*.context.log q_*engine_0.log"#,
  ]

  @Test(arguments: names)
  func `no command shows a name raw`(name: String) throws {
    let folder = try TemporaryFolder()
    let script = """
      d() { '\(Disbatch.path)' "$@"; }
      n=\(name)
      printf 'ls > %q/x\\n' "$n" "$n" > "$n"; printf 'exit 3\\n#DISBATCH BARRIER CHECK\\ntrue\\n' > T2
      c=$1; eval "$c" < /dev/null
      """
    var answers = 0
    for command in Self.commands {
      let outcome = try Program("/bin/bash", ["-c", script, "bash", command], in: folder).run()
      let text = outcome.output + outcome.error
      if !text.isEmpty { answers += 1 }
      let shown = try #require(String(validating: text, as: UTF8.self), "\(command): \(outcome)")
      let raw = shown.unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.isBidiControl)
      }
      #expect(raw.isEmpty, "\(command): \(outcome)")
      #expect(!shown.contains("\ny: forged"), "\(command): \(outcome)")
    }
    #expect(answers > Self.commands.count / 2)
  }

  @Test func `a host's name in a status file is shown as text`() throws {
    let folder = try TemporaryFolder()
    try folder.write("true\n", to: "Tasks")
    #expect(try Disbatch.run("-q", "-j1", "-p", "run", "Tasks", in: folder).ending == .exited(0))
    let row = try folder.text(of: "run_status.txt").split(
      separator: "\t",
      omittingEmptySubsequences: false
    )
    let forged = row[..<4] + ["no\u{1B}[31mde"] + row[5...]
    try folder.write(forged.joined(separator: "\t"), to: "run_status.txt")
    let outcome = try Disbatch.run("status", "run_status.txt", in: folder)
    #expect(outcome.outputText.contains("no\\x1B[31mde"), "\(outcome)")
    #expect(!outcome.output.contains(0x1B))
  }
}
