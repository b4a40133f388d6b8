import TaskLang
import Testing

@Suite struct SettingsFileTests {
  private func messages(_ text: String) -> [String] {
    SettingsFile(Array(text.utf8)).diagnostics.map {
      "\($0.primary.span.start.line):\($0.primary.span.start.column) \($0.message)"
    }
  }

  @Test func `lines set levels and numbers, the last word winning`() {
    let settings = SettingsFile(
      Array("# ours\n\n deny = DB205, DB806 \r\nallow=DB2\nwarn=DB205\nmax-tasks=5".utf8)
    )
    #expect(settings.diagnostics == [])
    var options = LintOptions()
    settings.apply(to: &options, before: [LevelOverride("DB203", .deny)].compactMap { $0 })
    #expect(options.hugeRepeat == 5)
    #expect(options.severities[.repeatIndexUnused] == .warning)
    #expect(options.severities[.resumeUnreadable] == .error)
    #expect(options.enabled == [.resumeUnreadable])
    #expect(options.severities[.repeatZero] == .error)
    #expect(options.allowed.contains(.barrierFirst))
    #expect(!options.allowed.contains(.repeatIndexUnused) && !options.allowed.contains(.repeatZero))
  }

  @Test(
    arguments: [
      ("deny", ["1:1 a line sets a key: `key=value`"]),
      ("\n  denny=DB1\n", ["2:3 there is no setting `denny`"]),
      (
        "allow=DB205,DB999,x\n",
        ["1:13 there is no finding `DB999`", "1:19 there is no finding `x`"]
      ),
      ("max-tasks=-1\n", ["1:11 `max-tasks` takes a whole number from 0"]),
      ("max-tasks=\n", ["1:11 `max-tasks` takes a whole number from 0"]),
      ("warn=\n", ["1:6 `warn` needs a code, a name or a family"]),
      ("=x\n", ["1:1 there is no setting ``"]),
      ("warn=all\nallow=warnings,,\n", []), ("", []),
    ] as [(String, [String])]
  )
  func `what sets nothing is a finding`(text: String, expected: [String]) {
    #expect(messages(text) == expected)
  }
}
