/// Where an engine is in its life, as the driver sees it.
package enum EnginePhase: UInt8, Hashable, Sendable {
  /// Nothing is known of it.
  case absent
  /// It is being started.
  case launching
  /// It is there, and the PERENGINE commands are not known yet.
  case waiting
  /// It runs its START commands.
  case starting
  /// It takes tasks.
  case serving
  /// It finishes the tasks it has.
  case draining
  /// It was told to leave.
  case leaving
  /// The link to it is gone; its tasks may still run.
  case unreachable
  /// It left, was lost or was abandoned.
  case gone

  /// Whether it takes tasks or may come to.
  var isProspect: Bool {
    switch self {
    case .launching, .waiting, .starting, .serving: true
    case .absent, .draining, .leaving, .unreachable, .gone: false
    }
  }

  /// Whether there is something to wait for before the run can close.
  var isAlive: Bool { self != .absent && self != .gone }

  /// Whether it joined and is not gone.
  var hasJoined: Bool { isAlive && self != .launching }

  /// Whether an engine may go from this phase to `next`.
  func canBecome(_ next: EnginePhase) -> Bool {
    switch (self, next) {
    case (.absent, .launching), (.absent, .waiting), (.launching, .waiting): true
    case (.waiting, .starting), (.waiting, .serving), (.starting, .serving): true
    case (.waiting, .draining), (.starting, .draining), (.serving, .draining): true
    case (.waiting, .leaving), (.starting, .leaving), (.serving, .leaving): true
    case (.draining, .leaving): true
    case (.absent, .gone): true
    case (_, .unreachable): hasJoined && self != .unreachable
    case (_, .gone): isAlive
    default: false
    }
  }
}
