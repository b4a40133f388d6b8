import TaskLang
import TaskScheduler

/// What engines are to be told, on its way to them: gathered in a turn, written at its end.
struct EnginePost {
  /// Engines whose links have something to send.
  private var waiting: ContiguousArray<EngineSeat> = []
  /// The PERENGINE commands, once all of them are known.
  private var perEngine: [Step]?
  /// How often a link was flushed, which shows what turns cost.
  private(set) var flushCount = 0

  /// Puts a message behind those that an engine is to get; one that cannot be reached gets none.
  mutating func send(_ message: DriverMessage, to seat: EngineSeat) {
    guard let link = seat.link else { return }
    link.send { message.write(to: &$0) }
    goOn(with: seat)
  }

  /// Has an engine sent, at the end of the turn, what it had no room for before.
  mutating func goOn(with seat: EngineSeat) {
    guard !seat.isWaitingForPost else { return }
    seat.isWaitingForPost = true
    waiting.append(seat)
  }

  /// Tells an engine what it is to know first.
  mutating func greet(_ seat: EngineSeat, _ settings: EngineSettings) {
    send(.configure(settings), to: seat)
    if let perEngine { tell(perEngine, to: seat) }
  }

  /// Tells everybody the PERENGINE commands, now that all of them are known.
  mutating func define(_ perEngine: [Step], for seats: some Sequence<EngineSeat>) {
    self.perEngine = perEngine
    for seat in seats { tell(perEngine, to: seat) }
  }

  private mutating func tell(_ perEngine: [Step], to seat: EngineSeat) {
    for step in perEngine {
      guard case .perEngine(let moment, let index) = step.kind else { continue }
      send(
        .perEngineCommand(
          moment == .start ? .start : .stop,
          index: Int32(index),
          line: Int64(step.line),
          ContiguousArray(step.command.prefix(TaskOrder.longestCommand))
        ),
        to: seat
      )
    }
    let counts = PerEngineCounts(perEngine)
    send(.perEngineDefined(startCount: counts.start, stopCount: counts.stop), to: seat)
  }

  /// Writes what waits, as far as engines take it.
  ///
  /// - Complexity: O(n) in the engines that were told something.
  mutating func flush(in poller: inout Poller) {
    for seat in waiting {
      seat.isWaitingForPost = false
      flushCount += 1
      seat.link?.flush(in: &poller)
    }
    waiting.removeAll(keepingCapacity: true)
  }
}
