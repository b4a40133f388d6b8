import FoundationEssentials
import TestSupport
import Testing

/// The plans of many files, by this executable and by the reference, item by item.
@Suite(
  .enabled(
    if: Reference.isHere,
    "needs the reference (scripts/test installs it and names it in TASKTEST_REFERENCE)"
  )
)
struct ReferencePlanTests {
  private static let batches = TestMode.isLong ? 40 : 12
  private static let filesInABatch = 100

  @Test(arguments: 0..<batches)
  func `generated files have the plan that the reference makes of them`(batch: Int) throws {
    let folder = try TemporaryFolder()
    let files = try Self.generate(batch: batch, in: folder)
    try Self.checkPlans(of: files, in: folder)
  }

  @Test(arguments: 0..<batches)
  func `a flat file has the plan of the file it was made of`(batch: Int) throws {
    let folder = try TemporaryFolder()
    let flat = try TemporaryFolder()
    let files = try Self.generate(batch: batch, in: folder)
    for file in files { try Self.flatten(file, from: folder, into: flat) }
    // What the reference makes of the flat files must be the same again.
    let reference = try Reference.run(script: "reference_plan.py", flat.path)
    try #require(reference.ending == .exited(0), "\(reference)")
    for file in files {
      let wanted = try Self.plan(of: file, in: folder).map(Self.asFlat)
      let ours = try Self.plan(of: file, in: flat).map(\.withoutLine)
      let theirs = try PlanItem.items(flat.bytes(of: file.plan)).map(\.withoutLine)
      try #require(ours == wanted, "\(file)")
      try #require(theirs == wanted, "\(file)")
    }
  }

  @Test(
    .enabled(
      if: Reference.source != nil,
      "needs the reference's source package (scripts/test names it in TASKTEST_REFERENCE_SOURCE)"
    )
  )
  func `the example files of the reference have the plan that it makes of them`() throws {
    let source = try #require(Reference.source)
    let folder = try TemporaryFolder()
    var files: [TrapFile] = []
    for place in ["exampleTaskFiles", "tests/test_ssh", "tests/test_slurm"] {
      for file in try FileManager.default.contentsOfDirectory(atPath: "\(source)/\(place)") {
        let name = (place + "-" + file).replacing("/", with: "-")
        let bytes = try Data(contentsOf: URL(filePath: "\(source)/\(place)/\(file)"))
        files.append(TrapFile(name: name, bytes: Array(bytes)))
      }
    }
    #expect(files.count > 10)
    for file in files { try folder.write(file.bytes, to: file.tasks) }
    try Self.checkPlans(of: files, in: folder)
  }

  /// Writes a batch of files; a failure can be made again from its number.
  private static func generate(batch: Int, in folder: TemporaryFolder) throws -> [TrapFile] {
    var generator = TrapFileGenerator(seed: UInt64(batch))
    return try (0..<filesInABatch).map { number in
      let file = TrapFile(name: "batch\(batch)-\(number)", bytes: generator.file())
      try folder.write(file.bytes, to: file.tasks)
      return file
    }
  }

  private static func checkPlans(of files: [TrapFile], in folder: TemporaryFolder) throws {
    let reference = try Reference.run(script: "reference_plan.py", folder.path)
    try #require(reference.ending == .exited(0), "\(reference)")
    for file in files {
      let theirs = try PlanItem.items(folder.bytes(of: file.plan))
      let ours = try plan(of: file, in: folder)
      guard ours != theirs else { continue }
      let changes = ours.difference(from: theirs).map { "\($0)" }
      Issue.record("\(file)\n\(changes.joined(separator: "\n"))")
    }
  }

  private static func plan(of file: TrapFile, in folder: TemporaryFolder) throws -> [PlanItem] {
    let path = folder.file(file.tasks)
    let outcome = try Disbatch.run("expand", "--format", "json", "--no-check", path)
    try #require(outcome.ending == .exited(0), "\(file)\n\(outcome)")
    return try PlanItem.items(outcome.output)
  }

  /// Writes the flat form of a file, and expands that again, which must change nothing.
  private static func flatten(
    _ file: TrapFile,
    from folder: TemporaryFolder,
    into flat: TemporaryFolder
  ) throws {
    let once = try Disbatch.run("expand", "--no-check", folder.file(file.tasks))
    try #require(once.ending == .exited(0), "\(once)")
    try flat.write(once.output, to: file.tasks)
    let twice = try Disbatch.run("expand", "--no-check", flat.file(file.tasks))
    try #require(twice.output == once.output, "not idempotent: \(file)\n\(twice)")
  }

  /// The item as a flat file has it: a task that a line cannot carry stands behind a colon.
  private static func asFlat(_ item: PlanItem) -> PlanItem {
    guard item.kind == "task", item.repeat == -1, let command = item.commandBytes else {
      return item.withoutLine
    }
    let blanks: Set<UInt8> = [0x09, 0x0B, 0x0C, 0x20]
    let first = command.first { !blanks.contains($0) }
    let isCarried = first != nil && first != UInt8(ascii: "#")
    if isCarried { return item.withoutLine }
    return item.withoutLine.replacingCommand(by: [UInt8](": ".utf8) + command)
  }
}
