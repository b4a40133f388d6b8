import Foundation
import TestSupport
import Testing

/// What Docs/ci.md, the problem matcher and the hooks promise.
@Suite struct CheckInCITests {
  /// The bodies of the fenced blocks of Docs/ci.md in a language.
  private static func blocks(_ language: String) throws -> [String] {
    let text = try String(contentsOfFile: Repository.file("Docs/ci.md"), encoding: .utf8)
    return text.components(separatedBy: "```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  private func folder(_ tasks: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("tasks"),
      withIntermediateDirectories: true
    )
    try folder.write(tasks, to: "tasks/a.tasks")
    return folder
  }

  @Test func `each command of the page does what it is there for`() throws {
    let lines = try Self.blocks("yaml").joined().split(separator: "\n")
    let commands = lines.compactMap { line in
      line.firstRange(of: "disbatch check").map { String(line[$0.lowerBound...]) }
    }
    #expect(commands.count == 3)
    for command in commands {
      let clean = try folder("./a\n")
      let bin = URL(filePath: Disbatch.path).deletingLastPathComponent().path
      func run(in folder: TemporaryFolder) throws -> ProgramOutcome {
        try Program("/bin/bash", ["-c", command], in: folder)
          .setting("PATH", to: "\(bin):/usr/bin:/bin").run()
      }
      #expect(try run(in: clean).ending == .exited(0), "\(command)")
      let broken = try folder("./a\n#DISBATCH barrier\n")
      #expect(try run(in: broken).ending == .exited(1), "\(command)")
    }
  }

  @Test func `the settings of the page are settings`() throws {
    let settings = try #require(try Self.blocks("ini").first)
    let folder = try folder("#DISBATCH REPEAT 60000 ./a\n")
    try folder.write(settings, to: ".disbatchrc")
    let outcome = try Disbatch.run("check", "--format=gcc", "tasks/a.tasks", in: folder)
    #expect(outcome.ending == .exited(1))
    #expect(outcome.outputText.contains("[DB704]"))
    #expect(outcome.outputText.contains("error: ") && outcome.outputText.contains("[DB205]"))
    #expect(!outcome.outputText.contains("DB904"))
  }

  @Test func `the problem matcher reads the gcc format`() throws {
    let data = try Data(contentsOf: URL(filePath: Repository.file("Editors/problem-matcher.json")))
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let matchers = try #require(document["problemMatcher"] as? [[String: Any]])
    let pattern = try #require((matchers.first?["pattern"] as? [[String: Any]])?.first)
    let regex = try Regex(try #require(pattern["regexp"] as? String))
    func group(_ name: String, of line: String) throws -> Substring? {
      let match = try #require(try regex.wholeMatch(in: line), "\(line)")
      return match[try #require(pattern[name] as? Int)].substring
    }
    let foreign = "a: b.tasks:12:3: warning: double quote [it] [SC2086]"
    #expect(try group("file", of: foreign) == "a: b.tasks")
    #expect(try group("code", of: foreign) == "SC2086")
    let folder = try folder("./a &> log\n#DISBATCH barrier\n#DISBATCH REPEAT 0 x\n")
    let outcome = try Disbatch.run("check", "--format=gcc", "tasks/a.tasks", in: folder)
    #expect(outcome.outputLines.count == 2)
    for (line, expected) in zip(
      outcome.outputLines,
      [["2", "11", "error", "DB108"], ["3", "", "warning", "DB203"]]
    ) {
      #expect(try group("file", of: line) == "tasks/a.tasks")
      #expect(try group("line", of: line) == expected[0][...])
      #expect(try group("severity", of: line) == expected[2][...])
      #expect(try group("code", of: line) == expected[3][...])
      #expect(try group("message", of: line)?.isEmpty == false)
    }
  }

  @Test func `the hooks are for files with the names of task files`() throws {
    let hooks = try String(
      contentsOfFile: Repository.file(".pre-commit-hooks.yaml"),
      encoding: .utf8
    )
    let patterns = hooks.components(separatedBy: "\n").filter { $0.hasPrefix("  files: ") }
    #expect(patterns.count == 3)
    for pattern in patterns {
      let expression = try Regex(String(pattern.dropFirst("  files: ".count)))
      for name in [
        "Tasks", "a/tasks", "TaskFile", "taskfile", "Taskfile.txt", "a/task_file", "task_file_1",
        "task_file-2.txt", "tasks.txt", "a/b.tasks", "b.disbatch",
      ] {
        #expect(name.contains(expression), "\(name)")
      }
      for name in [
        "notes.txt", "Taskfile.yml", "task_file.py", "mytasks", "tasks/main.yml", "a.tasks.bak",
        "tasks.md", "multitask_file",
      ] {
        #expect(!name.contains(expression), "\(name)")
      }
    }
  }

  @Test func `the entries of the hooks are commands`() throws {
    let hooks = try String(
      contentsOfFile: Repository.file(".pre-commit-hooks.yaml"),
      encoding: .utf8
    )
    let entries = hooks.components(separatedBy: "\n").filter { $0.hasPrefix("  entry: disbatch ") }
    #expect(entries.count == 3)
    for entry in entries {
      let words = entry.dropFirst("  entry: disbatch ".count).split(separator: " ").map(String.init)
      let folder = try folder("#DISBATCH prefix ./a\n./b\n")
      let outcome = try Disbatch.program(words + ["tasks/a.tasks"], in: folder).run()
      #expect(outcome.ending == .exited(0), "\(outcome)")
      let isMended = try folder.text(of: "tasks/a.tasks") == "#DISBATCH PREFIX ./a\n./b\n"
      #expect(isMended == (words != ["check"]))
    }
  }
}
