import TaskScheduler

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

  /// Starts one, below a warden, which ends all that is left when the engine or this process has gone.
  ///
  /// - Returns: the warden, whose process is the caller's to reap, and our end of the link.
  func launch() throws(Errno) -> LaunchedEngine {
    let sockets = try FileDescriptor.socketPair()
    let lifeline = try FileDescriptor.pipe()
    let pid = try spawner.start(
      arguments: CStringArray(["disbatch", "engine"]),
      environment: environment,
      descriptors: Spawner.Descriptors(
        input: nullInput.descriptor.rawValue,
        output: 2,
        error: 2,
        link: sockets.second.rawValue,
        lifeline: lifeline.reading.rawValue
      )
    )
    let ours = FileDescriptor.Shared(lifeline.keepWriting())
    return LaunchedEngine(warden: Warden(pid: pid, lifeline: ours), link: sockets.keepFirst())
  }
}

/// An engine's warden and our end of its link.
struct LaunchedEngine: ~Copyable {
  let warden: Warden
  let link: FileDescriptor

  /// Gives up the value for the link.
  consuming func takeLink() -> FileDescriptor { link }
}

/// The process above an engine that outlives both it and its driver, and ends what they leave.
///
/// It is in C, in CLinux: it has hardly any memory of its own, and nothing to do while all is well.
struct Warden {
  /// Its process, which ends as the engine did when nothing is left below it.
  let pid: Int32
  /// When this closes, the engine and all that it started are ended.
  var lifeline: FileDescriptor.Shared?

  /// Has it end the engine and all that is below; it must not have been reaped.
  func end() {
    if let lifeline {
      let byte: [UInt8] = [0]
      _ = try? lifeline.descriptor.writeAll(byte.span)
    }
    wake()
  }

  /// Lets it go on if somebody has stopped it.
  func wake() { Host.send(Host.continueSignal, to: pid) }

  /// What its end says of the engine's.
  ///
  /// - Returns: `nil` when it was ended itself, so that nothing is known of the engine.
  static func engineOutcome(_ outcome: Outcome) -> Outcome? {
    switch outcome {
    case .exited(let code): code > 128 ? .signalled(code - 128) : outcome
    case .signalled, .notStarted, .lost, .refused: nil
    }
  }
}
