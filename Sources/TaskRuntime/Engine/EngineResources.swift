/// Resources of the host that an engine needs besides its link; acquiring them can fail.
struct EngineResources {
  /// The input of shells.
  let nullInput: FileDescriptor.Shared
  /// Writes the log.
  let writer: FileWriter
  /// Keeps task output; `nil` when none is kept.
  let keeper: OutputKeeper?
  /// The soft limit of open files that tasks have; `nil` for this process's.
  let openFiles: UInt64?

  /// Acquires them.
  ///
  /// - Parameters:
  ///   - settings: What the driver said.
  ///   - link: The way to the driver, for output that it keeps.
  ///   - openFiles: The soft limit of open files that tasks have.
  ///   - loop: Where the progress of the writer of output is watched.
  /// - Throws: when the process may have no more descriptors or threads, or cannot keep output.
  init(
    _ settings: EngineSettings,
    _ link: Link,
    openFiles: UInt64?,
    in loop: EngineLoop
  ) throws(Errno) {
    self.openFiles = openFiles
    nullInput = FileDescriptor.Shared(try FileDescriptor(opening: "/dev/null", for: .reading))
    writer = try FileWriter()
    keeper = try OutputKeeper(settings.keeping, limit: settings.outputLimit, link: link)
    if let kept = keeper?.writer { try loop.watch(kept.answer.descriptor, as: .output) }
  }
}
