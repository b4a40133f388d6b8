import TaskScheduler

/// Starts engines on this machine: this same executable, with a socket pair as its link.
package final class LocalLauncher: Launcher {
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
  package init(executable: String, openFiles: UInt64?, runID: String) throws(Errno) {
    spawner = Spawner(Spawner.Manner(path: executable, openFiles: openFiles))
    var environment = CStringArray(["DISBATCH_RUN_ID=\(runID)"])
    for variable in Host.environment where !variable.starts(with: "DISBATCH_RUN_ID=".utf8) {
      environment.append(bytes: variable)
    }
    self.environment = environment
    nullInput = FileDescriptor.Shared(try FileDescriptor(opening: "/dev/null", for: .reading))
  }

  /// Starts one, below a warden, which ends all that is left when the engine or this process has gone.
  package func launch(_ request: LaunchRequest) throws(Errno) -> Launched {
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
    return .linked(Warden(pid: pid, lifeline: ours), sockets.keepFirst())
  }
}

/// The process above an engine that outlives both it and its driver, and ends what they leave.
///
/// It is in C, in CLinux: it has hardly any memory of its own, and nothing to do while all is well.
struct Warden: LaunchedProcess {
  /// Its process, which ends as the engine did when nothing is left below it.
  let pid: Int32
  /// When this closes, the engine and all that it started are ended.
  let lifeline: FileDescriptor.Shared

  var title: String { "warden" }

  func end() {
    let byte: [UInt8] = [0]
    _ = try? lifeline.descriptor.writeAll(byte.span)
    wake()
  }

  func wake() { Host.send(Host.continueSignal, to: pid) }

  func kill() { Host.send(Host.killSignal, to: pid) }

  /// Of one that was ended itself, nothing is known of the engine.
  func engineOutcome(_ outcome: Outcome) -> Outcome? {
    switch outcome {
    case .exited(let code): code > 128 ? .signalled(code - 128) : outcome
    case .signalled, .notStarted, .lost, .refused: nil
    }
  }
}
