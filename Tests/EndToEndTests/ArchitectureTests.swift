import FoundationEssentials
import TestSupport
import Testing

/// ARCHITECTURE.md speaks of what is there.
@Suite struct ArchitectureTests {
  /// The types and paths that a text names and nobody finds.
  private static func unknown(in text: some StringProtocol) throws -> [String] {
    let root = Repository.file("Sources")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    var declared: Set<String> = []
    for path in paths where path.hasSuffix(".swift") {
      let source = try Array(Data(contentsOf: URL(filePath: "\(root)/\(path)")))
      declared.formUnion(FolderOrderTests.Words(of: source).declared)
    }
    let known = Set(paths)
    var unknown: [String] = []
    let joined = String(text).replacing("\n", with: " ")
    for match in joined.matches(of: /`([A-Z][A-Za-z]+)`s?/) {
      let name = String(match.1)
      if !declared.contains(name) { unknown.append(name) }
    }
    for match in joined.matches(
      of: /\b(?:Sources\/)?((?:TaskLang|TaskScheduler|TaskRuntime|CLinux)\/[\w.\/]*\w)/
    ) {
      let path = String(match.1)
      if !known.contains(path) { unknown.append(path) }
    }
    return unknown
  }

  @Test func `each type and file on the way of a task file exists`() throws {
    let text = try String(contentsOfFile: Repository.file("ARCHITECTURE.md"), encoding: .utf8)
    let begin = try #require(text.firstRange(of: "## The way of one task file"))
    let end = try #require(text[begin.upperBound...].firstRange(of: "\n## "))
    let walk = text[begin.upperBound..<end.lowerBound]
    #expect(walk.matches(of: /`[A-Z]\w+`/).count > 40)
    #expect(try Self.unknown(in: walk) == [])
  }

  @Test func `names that are gone are noticed`() throws {
    let text = "`Parser` (TaskLang/Syntax) and `HeldReports` in TaskRuntime/Nowhere.swift"
    #expect(try Self.unknown(in: text) == ["HeldReports", "TaskRuntime/Nowhere.swift"])
  }
}
