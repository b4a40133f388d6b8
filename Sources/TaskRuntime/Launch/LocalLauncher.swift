/// Starts engines on this machine: this same executable, with a socket pair as its link.
struct LocalLauncher {
  private let spawner: Spawner
  private let environment: CStringArray
  private let nullInput: FileDescriptor.Shared

  /// Makes a launcher.
  ///
  /// - Parameters:
  ///   - executable: The program that knows the word `engine`.
  ///   - openFiles: The soft limit of open files that engines start with.
  ///   - runID: What marks them as this run's.
  /// - Throws: when /dev/null cannot be opened.
  init(executable: String, openFiles: UInt64?, runID: String) throws(Errno) {
    spawner = Spawner(Spawner.Manner(path: executable, openFiles: openFiles))
    var environment = CStringArray(["DISBATCH_RUN_ID=\(runID)"])
    for variable in Host.environment where !variable.starts(with: "DISBATCH_RUN_ID=".utf8) {
      environment.append(bytes: variable)
    }
    self.environment = environment
    nullInput = FileDescriptor.Shared(try FileDescriptor(opening: "/dev/null", for: .reading))
  }

  /// Starts one.
  ///
  /// - Returns: its process, which is the caller's to reap, and our end of the link.
  func launch() throws(Errno) -> LaunchedEngine {
    let sockets = try FileDescriptor.socketPair()
    let pid = try spawner.start(
      arguments: CStringArray(["disbatch", "engine"]),
      environment: environment,
      descriptors: Spawner.Descriptors(
        input: nullInput.descriptor.rawValue,
        output: 2,
        error: 2,
        link: sockets.second.rawValue
      )
    )
    return LaunchedEngine(pid: pid, link: sockets.keepFirst())
  }
}

/// An engine's process and our end of its link.
struct LaunchedEngine: ~Copyable {
  let pid: Int32
  let link: FileDescriptor

  /// Gives up the value for the link.
  consuming func takeLink() -> FileDescriptor { link }
}
