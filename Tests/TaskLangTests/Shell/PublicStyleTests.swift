import FoundationEssentials
import TaskLang
import TestSupport
import Testing

/// Task files in the manner of public ones, and the noise that the checks make over them.
@Suite struct PublicStyleTests {
  /// A file; all stand in one fixture, each behind a line `=== NAME`.
  struct File: CustomTestStringConvertible, Sendable {
    let name: String
    let source: [UInt8]
    var testDescription: String { name }
  }

  static let files: [File] = {
    let path = Repository.file("Tests/Fixtures/shell/public.txt")
    guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
      return []
    }
    var files: [File] = []
    for part in ("\n" + text).components(separatedBy: "\n=== ").dropFirst() {
      let name = part.prefix { $0 != "\n" }
      files.append(File(name: String(name), source: Array(part.dropFirst(name.count + 1).utf8)))
    }
    return files
  }()

  private static func found(_ file: File) -> [Diagnostic] {
    Checked(file.source, LintOptions(checksShell: true, obeysComments: true)).diagnostics
  }

  @Test func `there are as many as the document says`() {
    #expect(Self.files.count == 162)
  }

  @Test(arguments: files)
  func `a file has no error, and no warning that who knows would not mend`(_ file: File) {
    #expect(Self.found(file).filter { $0.severity >= .warning }.map(\.message) == [])
  }

  @Test func `the remarks are as many as the document says`() throws {
    var counts: [String: Int] = [:]
    for file in Self.files {
      for code in Set(Self.found(file).map(\.code)) { counts[code.rawValue, default: 0] += 1 }
    }
    let path = Repository.file("Docs/noise.md")
    let document = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    var said: [String: Int] = [:]
    for line in document.split(separator: "\n") where line.hasPrefix("| DB") {
      let cells = line.split(separator: "|").map { $0.filter { $0 != " " } }
      said[cells[0]] = Int(cells[1])
    }
    #expect(said == counts)
  }
}
