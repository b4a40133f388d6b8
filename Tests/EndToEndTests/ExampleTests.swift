import FoundationEssentials
import TestSupport
import Testing

/// The task files in Examples/ do what their comments and README say.
@Suite struct ExampleTests {
  private func run(_ name: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let source = try Data(contentsOf: URL(filePath: Repository.file("Examples/\(name)")))
    try folder.write(Array(source), to: name)
    let check = try Disbatch.run("check", name, in: folder)
    #expect(check.ending == .exited(0) && check.output == [], "\(check)")
    let outcome = try Disbatch.run("run", "-e", "-j", "2", "-p", "run", name, in: folder)
    try #require(outcome.ending == .exited(0), "\(outcome)")
    #expect(try StatusRow.rows(of: "run", in: folder).allSatisfy { !$0.flags.contains("R") })
    return folder
  }

  @Test func `the parameter sweep estimates pi`() throws {
    let folder = try run("sweep.tasks")
    let logs = try FileManager.default.contentsOfDirectory(atPath: folder.file("sweep.out"))
      .sorted()
    #expect(logs == (0..<17).map { "0000\($0 < 10 ? "0" : "")\($0).txt" })
    let last = try folder.text(of: "sweep.out/000016.txt").split(separator: " ")
    #expect(last.first == "250000")
    let estimate = try #require(Double(last.last?.filter { $0 != "\n" } ?? ""))
    #expect(abs(estimate - .pi) < 0.05)
  }

  @Test func `the stages end in one sorted file`() throws {
    let folder = try run("stages.tasks")
    let lines = try folder.text(of: "stages.out/all.txt").split(separator: "\n")
    #expect(lines.count == 20_000)
    #expect(lines == lines.sorted())
  }

  @Test func `the staged data is there for the tasks and gone afterwards`() throws {
    let folder = try run("staging.tasks")
    #expect(try folder.text(of: "staging.out/first100.txt") == "100 5050\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("staging.out"))
    #expect(names.count == 10)
  }

  @Test func `every example is in the README and the README names no other`() throws {
    let readme = try String(contentsOfFile: Repository.file("Examples/README.md"), encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(atPath: Repository.file("Examples"))
      .filter { $0.hasSuffix(".tasks") }
    let named = Set(readme.matches(of: /\(([a-z]+\.tasks)\)/).map { String($0.1) })
    #expect(named == Set(files))
  }
}
