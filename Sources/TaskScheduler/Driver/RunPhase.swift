/// How far a run is from its end.
package enum RunPhase: Hashable, Sendable {
  /// Steps are still to come.
  case feeding
  /// All steps are known, and not all of them are done.
  case drained
  /// Nothing starts any more.
  case closing(ExitReason, Ending)
  /// It is over.
  case closed(ExitReason)

  /// What happens to that which still runs when a run closes; later cases are harder.
  package enum Ending: UInt8, Hashable, Comparable, Sendable {
    /// Tasks and PERENGINE commands take the time they need.
    case finish
    /// Tasks are ended; PERENGINE commands take the time they need.
    case terminate
    /// Tasks are ended, and STOP commands have the grace time.
    case hurry
    /// Everything is killed.
    case kill

    package static func < (left: Ending, right: Ending) -> Bool { left.rawValue < right.rawValue }
  }

  /// Whether tasks may start.
  var isOpen: Bool {
    switch self {
    case .feeding, .drained: true
    case .closing, .closed: false
    }
  }
}
