import FoundationEssentials

/// The program that disbatch replaces, if it is on this machine; `scripts/test` sees to it.
package enum Reference {
  /// A Python that has disbatch 3.0.
  package static let python = ProcessInfo.processInfo.environment["TASKTEST_REFERENCE"]

  /// Its unpacked source package, with the example task files.
  package static let source = ProcessInfo.processInfo.environment["TASKTEST_REFERENCE_SOURCE"]

  /// Whether tests can be compared with it.
  package static var isHere: Bool { python != nil }

  /// Runs one of the scripts of Tests/Differential with it, in a folder of its own: the reference opens
  /// files as soon as it reads their names from a command line.
  package static func run(
    script: String,
    _ argument: String,
    seconds: Int = 300
  ) throws -> ProgramOutcome {
    let path = Repository.file("Tests/Differential/" + script)
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) {
      try Program(python ?? "python3", ["-I", path, argument], in: folder).run(seconds: seconds)
    }
  }
}
