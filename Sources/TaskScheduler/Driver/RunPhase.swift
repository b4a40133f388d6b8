/// How far a run is from its end.
package enum RunPhase: Hashable, Sendable {
  /// Steps are still to come.
  case feeding
  /// All steps are known, and not all of them are done.
  case drained
  /// Nothing starts any more.
  case closing(ExitReason, ClosingMode)
  /// It is over.
  case closed(ExitReason)

  /// Whether tasks may start.
  var isOpen: Bool {
    switch self {
    case .feeding, .drained: true
    case .closing, .closed: false
    }
  }
}
