import TaskLang
import Testing

/// Long PREFIXes and SUFFIXes, which are not parsed with each of very many commands.
@Suite struct ShellAffixBudgetTests {
  private func checked(_ text: String, budget: Int) -> [Diagnostic] {
    let options = LintOptions(allowed: [.affixGlued], affixBudget: budget, checksShell: true)
    return Checked(Array(text.utf8), options).diagnostics
  }

  /// A SUFFIX of 1,000 bytes with nothing in it to find.
  private let suffix = "#DISBATCH SUFFIX y " + String(repeating: "$a ", count: 332) + "&> /dev/null"

  // Neither is like a line that was parsed: the one has no outline, the tasks of the other write a file.
  @Test(arguments: ["[", "#DISBATCH REPEAT 1 x"])
  func `behind the budget commands are counted, at the first of them`(line: String) {
    let text = suffix + "\n" + String(repeating: line + "\n", count: 5) + "\(line) 'open\n"
    // Each takes 1,010 bytes less 64 for that of the line.
    let found = checked(text, budget: 3_000).filter { $0.code == .limitReached }
    #expect(found.map(\.primary.span.start.line) == [5])
    #expect(found.first?.message.hasPrefix("3 commands are not looked into") == true, "\(found)")
    #expect(!checked(text, budget: 3_000).contains { $0.code == .shellSyntax })
    #expect(checked(text, budget: 7_000).contains { $0.code == .shellSyntax })
    #expect(!checked(text, budget: 7_000).contains { $0.code == .limitReached })
  }

  @Test func `affixes that suit their lines are always parsed`() {
    let text = "#DISBATCH SUFFIX y; ./z\n" + String(repeating: "./x )\n", count: 20)
    #expect(checked(text, budget: 0).count { $0.code == .shellSyntax } == 20)
  }

  @Test func `lines like one that was parsed take nothing from the budget`() {
    let blank = suffix.replacing("SUFFIX y", with: "SUFFIX  y")
    let text = blank + "\n" + String(repeating: "./x 1\n", count: 100)
    // The first one begins what the second one teaches.
    #expect(!checked(text, budget: 2_000).contains { $0.code == .limitReached })
  }
}
