package import TaskScheduler

extension Outcome {
  /// How a program ended, to stand behind its name in a message: `exited with 3`.
  package var inWords: String {
    switch self {
    case .exited(let code): "exited with \(code)"
    case .signalled(let signal): "was killed by \(SignalName.name(signal))"
    case .notStarted, .refused, .lost: "ended"
    }
  }
}
