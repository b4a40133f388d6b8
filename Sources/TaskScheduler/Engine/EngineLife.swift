/// Where an engine is in its life, as it sees itself.
package enum EngineLife: Hashable, Sendable {
  /// It was not told to do anything yet.
  case waiting
  /// It runs its START commands.
  case starting
  /// It takes tasks.
  case serving
  /// It was let go, and something still runs.
  case finishing
  /// It runs its STOP commands.
  case stopping
  /// It gives what tasks left running time to end.
  case lingering
  /// It kills what is left.
  case leaving(EngineExit)
  /// It is no more.
  case gone(EngineExit)
}
