import FoundationEssentials
import TestSupport
import Testing

/// Rules of the house that neither the compiler nor the formatter enforces.
@Suite struct HouseRuleTests {
  /// A Swift file of the repository.
  private struct SourceFile {
    let path: String
    let lines: [Substring]
  }

  private static func files(under folder: String) throws -> [SourceFile] {
    let root = Repository.file(folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    return try paths.filter { $0.hasSuffix(".swift") }.map { path in
      let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return SourceFile(path: "\(folder)/\(path)", lines: lines)
    }
  }

  /// Which modules each target may import, besides Swift itself.
  static let imports: [(target: String, allowed: Set<String>)] = [
    ("TaskLang", []),
    ("TaskScheduler", []),
    ("TaskLangLSP", ["TaskLang", "FoundationEssentials"]),
    (
      "TaskRuntime",
      [
        "TaskLang", "TaskScheduler", "CLinux", "Glibc", "Synchronization", "Dispatch",
        "FoundationEssentials",
      ]
    ),
    (
      "disbatch",
      ["TaskLang", "TaskScheduler", "TaskRuntime", "TaskLangLSP", "Glibc", "FoundationEssentials"]
    ),
  ]

  @Test(arguments: imports)
  func `a target imports only what it may`(target: String, allowed: Set<String>) throws {
    let files = try Self.files(under: "Sources/\(target)")
    #expect(!files.isEmpty)
    for file in files {
      for line in file.lines where line.contains("import ") {
        guard let found = line.firstMatch(of: /^(?:package |public )?import (\w+)/) else {
          continue
        }
        #expect(allowed.contains(String(found.1)), "\(file.path) imports \(found.1)")
      }
    }
  }

  @Test(arguments: ["Sources", "Tests"])
  func `files and functions are of a size that can be read`(folder: String) throws {
    for file in try Self.files(under: folder) {
      #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
      var begin: (line: Int, indentation: Int)?
      for (number, line) in file.lines.enumerated() {
        let indentation = line.prefix { $0 == " " }.count
        if line.hasSuffix("{"), line.contains(/^\s*([a-z]+ )*(func .*|init.*\(.*|\).*)\{$/) {
          begin = (number, indentation)
        } else if let open = begin, indentation == open.indentation, line.hasSuffix("}") {
          let length = number - open.line + 1
          #expect(length <= 70, "\(file.path):\(open.line + 1) is a function of \(length) lines")
          begin = nil
        }
      }
    }
  }

  /// Ways out that the house has closed; split, so that this list does not name itself.
  static let banned = [
    "try" + "!", "fatal" + "Error(", "TO" + "DO", "FIX" + "ME", ".dis" + "abled(",
    "@unchecked " + "Sendable", "nonisolated" + "(unsafe)", "as" + "! ",
  ]

  @Test(arguments: ["Sources", "Tests"])
  func `nothing is forced, forbidden or left for later`(folder: String) throws {
    let words = Self.banned.flatMap { ["-e", $0] }
    let arguments = ["grep", "-rnF", "--include=*.swift"] + words + [Repository.file(folder)]
    let outcome = try Program("/usr/bin/env", arguments).run()
    #expect(outcome.ending == .exited(1) && outcome.output == [], "\(outcome)")
  }

  /// Ways of text from and to the system on which bytes that are not UTF-8 are lost.
  static let lossy = [
    "String(cString:", "String(validatingCString:", "CommandLine.", ".withCString", ".utf8CString",
    "ProcessInfo",
  ]

  /// Calls that take a path or the name of a variable.
  static let pathCalls = [
    "open", "openat", "stat", "lstat", "access", "mkdir", "rmdir", "unlink", "rename", "link",
    "symlink", "readlink", "realpath", "opendir", "chdir", "chmod", "truncate", "statfs", "getenv",
    "setenv", "fopen", "execve",
  ]

  @Test func `paths go to the system and come from it as its bytes`() throws {
    let calls = try Regex("unsafe (\(Self.pathCalls.joined(separator: "|")))\\((?![$]0|lent|\")")
    for file in try Self.files(under: "Sources") {
      for (number, line) in file.lines.enumerated() {
        let place = "\(file.path):\(number + 1)"
        #expect(!Self.lossy.contains { line.contains($0) }, "\(place) knows text only")
        #expect(!line.contains(calls), "\(place) goes past SystemPath")
      }
    }
  }

  @Test func `only the roster of children waits for the ends of processes`() throws {
    for file in try Self.files(under: "Sources") where !file.path.hasSuffix("/ChildRoster.swift") {
      for (number, line) in file.lines.enumerated() {
        let isWait = line.contains(/\b(clinux_reap|clinux_wait|wait4|waitid|waitpid|wait3)\(/)
        #expect(!isWait, "\(file.path):\(number + 1) takes the end of a process past ChildRoster")
      }
    }
  }
}
