/// How many engines there are, of each kind.
struct EngineCounts: Sendable {
  /// Those with a phase that `isProspect`.
  var prospects = 0
  /// Those with a phase that `isAlive`.
  var alive = 0
  /// How many slots engines have brought.
  var slots = 0
  /// Engines asked for by `relaunch` and not announced yet.
  var relaunches = 0
}
