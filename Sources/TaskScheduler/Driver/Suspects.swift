/// Tasks that may have killed their engine, on their way to an engine of their own.
struct Suspects: Sendable {
  /// Those for which an engine was asked for and not announced yet.
  var asked: ContiguousArray<Suspect> = []
  /// Those for which an engine is asked for when fewer are being started.
  var queued = RingQueue<Suspect>()
  /// Engines that are being started for one, those asked for among them.
  var launchCount = 0
  /// How many wait to be started, all of those among them.
  var count = 0
  /// Engines that serve and have one to start.
  var ready: ContiguousArray<EngineID> = []
}
