import FoundationEssentials
import TestSupport
import Testing

/// README.md shows what really comes out.
@Suite struct ReadmeTests {
  @Test func `the quick start has what check and expand print`() throws {
    let page = try Data(contentsOf: URL(filePath: Repository.file("README.md")))
    let blocks = String(decoding: page, as: UTF8.self).split(separator: "```\n").map(String.init)
    let block = try #require(blocks.first { $0.hasPrefix("#DISBATCH PREFIX") })
    let tasks = block.replacing("␠", with: " ")
    let folder = try TemporaryFolder()
    try folder.write(tasks, to: "Tasks")
    let check = try Disbatch.run("check", "Tasks", in: folder)
    #expect(
      blocks.contains("$ disbatch check Tasks\n" + check.outputText + check.errorText),
      "\(check)"
    )
    try folder.write(tasks.replacing("BARRIER check", with: "BARRIER CHECK"), to: "Tasks")
    let expand = try Disbatch.run("expand", "Tasks", in: folder)
    #expect(blocks.contains("$ disbatch expand Tasks\n" + expand.outputText), "\(expand)")
  }
}
