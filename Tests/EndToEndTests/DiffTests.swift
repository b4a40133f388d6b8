import FoundationEssentials
import TestSupport
import Testing

/// Patches of `--diff`, applied by the programs that people apply them with.
@Suite struct DiffTests {
  /// The fixtures with a fix, each as the task file of a folder.
  private static func fixtures() throws -> [(name: String, source: [UInt8])] {
    try ["check", "shell"].flatMap { folder in
      let path = Repository.file("Tests/Fixtures/\(folder)")
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".tasks") }.sorted()
        .map { ($0, Array(try Data(contentsOf: URL(filePath: "\(path)/\($0)")))) }
    }
  }

  /// Ends of files and lines that patches are particular about.
  private static let edges: [(name: String, source: [UInt8])] = [
    ("no end", Array("#DISBATCH prefix x ".utf8)),
    ("crlf", Array("#DISBATCH prefix x \r\ny\r\n".utf8)),
    ("latin 1", Array("# ".utf8) + [0xE9] + Array("\n#DISBATCH prefix x \ny\n".utf8)),
    (
      "blank lines", Array("\n\n\n\n#DISBATCH suffix x\n\n\n\n\n\n\n\n#DISBATCH suffix z\ny\n".utf8)
    ),
    ("lone cr", Array("a\r#DISBATCH prefix x \rb\n".utf8)),
  ]

  static let commands: [[String]] = [
    ["check", "--no-config", "--warn", "DB1,DB2,DB7,DB8,DB9", "--fix"],
    ["check", "--no-config", "--warn", "DB1,DB2,DB7,DB8,DB9", "--fix", "--unsafe-fixes"],
    ["fmt"],
  ]

  @Test(arguments: commands)
  func `git apply and patch make of a file what is done in place`(_ command: [String]) throws {
    var changed = 0
    for (name, source) in try Self.fixtures() + Self.edges {
      let folder = try TemporaryFolder()
      try folder.write(source, to: "sub.tasks")
      let diff = try Disbatch.program(
        command.filter { $0 != "--fix" } + ["--diff", "sub.tasks"],
        in: folder
      ).run()
      _ = try Disbatch.program(command + ["sub.tasks"], in: folder).run()
      let mended = try folder.bytes(of: "sub.tasks")
      if diff.output.isEmpty {
        #expect(mended == source, "\(name)")
        continue
      }
      // With errors left nothing is written in place, though the patch shows what could be.
      if mended == source, diff.ending == .exited(1) { continue }
      changed += 1
      try folder.write(diff.output, to: "the.patch")
      for tool in [["git", "apply", "the.patch"], ["patch", "-s", "-p1", "-i", "the.patch"]] {
        try folder.write(source, to: "sub.tasks")
        let outcome = try Program("/usr/bin/env", tool, in: folder)
          .setting("GIT_CEILING_DIRECTORIES", to: "/").run()
        #expect(outcome.ending == .exited(0), "\(tool[0]) \(name) \(outcome)")
        #expect(try folder.bytes(of: "sub.tasks") == mended, "\(tool[0]) \(name)")
      }
    }
    #expect(changed > 3)
  }

  /// Files of which a fix takes away much at the end, or all.
  static let nasty = [
    "x\n#DISBATCH BARRIERa ", "#DISBATCH BARRIER\nx\n#DISBATCH BARRIER",
    "x\n#disbatch BARRIER\r\n\n#DISBATCH BARRIERS\n",
    "\u{FEFF}#DISBATCH PREFX \u{e9} \n#disbatch suffix ; y\n\n\n#DISBATCH BARRIER \r#DISBATCH",
    "#DISBATCH PREFIX a \n#DISBATCH repeat  2\tSTART 5 x\n { y }\n#DISBATCH REPEAT 0 z\n  # w",
  ]

  @Test(arguments: nasty)
  func `a patch does what is done in place, wherever a file ends`(text: String) throws {
    let folder = try TemporaryFolder()
    let sources = (0...text.utf8.count).map { Array(text.utf8.prefix($0)) }
    let names = sources.indices.map { "tasks\($0)" }
    func write() throws {
      for (name, source) in zip(names, sources) { try folder.write(source, to: name) }
    }
    // Without errors, every file is written.
    let check = ["check", "--no-config", "--warn", "all", "--unsafe-fixes"]
    try write()
    let diff = try Disbatch.program(check + ["--diff"] + names, in: folder).run()
    #expect(diff.ending == .exited(0), "\(diff)")
    try folder.write(diff.output, to: "the.patch")
    let fixed = try Disbatch.program(check + ["--fix"] + names, in: folder).run()
    #expect(fixed.ending == .exited(0), "\(fixed)")
    let mended = try names.map { try folder.bytes(of: $0) }
    #expect(mended != sources)
    for tool in [["git", "apply", "the.patch"], ["patch", "-s", "-p1", "-i", "the.patch"]] {
      try write()
      let outcome = try Program("/usr/bin/env", tool, in: folder)
        .setting("GIT_CEILING_DIRECTORIES", to: "/").run()
      #expect(outcome.ending == .exited(0), "\(tool[0]) \(outcome)")
      for (name, mended) in zip(names, mended) {
        #expect(try folder.bytes(of: name) == mended, "\(tool[0]) \(name)")
      }
    }
  }
}
