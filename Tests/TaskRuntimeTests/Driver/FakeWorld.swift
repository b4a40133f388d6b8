import TaskScheduler

@testable import TaskRuntime

/// A launcher whose engines are fake, and what the kernel would tell of them.
final class FakeWorld: Launcher {
  /// What becomes of a launch.
  enum Behaviour {
    case engine(FakeEngine.Manner)
    /// Its link comes later; it may have a process here.
    case later(JoinTicket, hasProcess: Bool)
    case fails(Errno)
  }

  /// Decides about each launch.
  var behaviour: (LaunchRequest) -> Behaviour = { _ in .engine(.serves) }
  private(set) var engines: [FakeEngine] = []
  /// The processes of all launches, those without an engine too.
  private(set) var processes: [FakeProcess] = []
  private(set) var requests: [LaunchRequest] = []

  func launch(_ request: LaunchRequest) throws(Errno) -> Launched {
    requests.append(request)
    switch behaviour(request) {
    case .fails(let reason): throw reason
    case .later(let ticket, let hasProcess):
      return .awaited(Launched.Awaited(hasProcess ? makeProcess(request) : nil, ticket))
    case .engine(let manner):
      let process = makeProcess(request)
      return .linked(process, try makeEngine(request, process, manner))
    }
  }

  private func makeProcess(_ request: LaunchRequest) -> FakeProcess {
    let process = FakeProcess(of: request.engine)
    processes.append(process)
    return process
  }

  /// Makes an engine and gives back the driver's end of its link.
  func makeEngine(
    _ request: LaunchRequest,
    _ process: FakeProcess?,
    _ manner: FakeEngine.Manner = .serves
  ) throws(Errno) -> FileDescriptor {
    let sockets = try FileDescriptor.socketPair()
    let theirs = try sockets.second.copy()
    engines.append(try FakeEngine(request, process, theirs, manner))
    return sockets.keepFirst()
  }

  /// Lets every engine do what it has to do.
  func pump() throws { for engine in engines { try engine.pump() } }

  /// Whether a process has ended that was not reaped.
  var hasEnding: Bool { processes.contains { $0.outcome != nil && !$0.isReaped } }

  /// What wait4 would say.
  func nextEnding() -> ChildRoster.Reaped {
    for process in processes where !process.isReaped {
      if let outcome = process.outcome {
        process.isReaped = true
        return .ended(pid: process.pid, outcome)
      }
    }
    // Nothing of this process's own is to be looked for.
    return .none
  }
}
