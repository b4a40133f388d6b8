import TestSupport
import Testing

@Suite struct ExplainCommandTests {
  @Test(arguments: ["DB109", "db109", "barrier-check-lost"])
  func `a code or a name gives its page`(word: String) throws {
    let outcome = try Disbatch.run("explain", word)
    #expect(outcome.ending == .exited(0))
    #expect(outcome.outputText.hasPrefix("DB109 barrier-check-lost\n"))
    #expect(outcome.error == [])
  }

  @Test func `a family is listed, and so are all codes`() throws {
    let family = try Disbatch.run("explain", "DB7")
    #expect(family.outputLines.count == 4)
    #expect(family.outputLines.allSatisfy { $0.hasPrefix("DB70") })
    let all = try Disbatch.run("explain", "--all")
    #expect(all.outputLines.count > 40)
    #expect(all.outputLines.contains { $0.hasPrefix("DB217") && $0.hasSuffix("opt-in") })
  }

  @Test func `several codes come one after another, in any format`() throws {
    let markdown = try Disbatch.run("explain", "DB101", "DB102", "--format", "markdown")
    #expect(markdown.outputLines.count { $0.hasPrefix("# DB") } == 2)
    let json = try Disbatch.run("explain", "DB101", "DB102", "--format=json")
    #expect(json.outputLines.count == 2)
    #expect(
      json.outputLines[0].hasPrefix(
        #"{"code":"DB101","name":"unknown-directive","severity":"error","family":"DB1","#
      )
    )
  }

  @Test(
    arguments: [
      (["DB19"], "there is no finding 'DB19'; did you mean 'DB109'?"),
      (["barier-case"], "did you mean 'barrier-case'?"),
      (["nonsense"], "--all lists the codes"),
      ([], "no code named; --all lists the codes"),
      (["--all", "DB101"], "--all goes without codes"),
    ]
  )
  func `what names no code is a usage error that helps`(words: [String], text: String) throws {
    let outcome = try Disbatch.program(["explain"] + words).run()
    #expect(outcome.ending == .exited(2))
    #expect(outcome.output == [])
    #expect(outcome.errorText.contains(text), "\(outcome)")
  }
}
