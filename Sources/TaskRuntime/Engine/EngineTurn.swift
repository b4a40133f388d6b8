import TaskScheduler

/// One turn of an engine's loop: what has happened, for the core to decide about.
///
/// Adding an event is the only way in which a desk says something to the core.
struct EngineTurn {
  /// The time by which the turn's events are judged.
  var now: Instant
  /// What happened, in its order.
  var events: ContiguousArray<EngineEvent> = []
}
