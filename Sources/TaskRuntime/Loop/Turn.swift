package import TaskScheduler

/// What has happened by one moment, for the scheduler: the only way to say something to it.
///
/// Events are looked at in the order in which they were added; those that acting on them brings follow
/// behind, and are looked at with the same `now`.
package struct Turn: Sendable {
  /// The moment; it never goes back from turn to turn.
  package var now: Instant
  private var events: ContiguousArray<Event> = []
  private var position = 0

  /// Begins a turn in which nothing has happened.
  package init(at now: Instant) { self.now = now }

  /// How many events have not been looked at.
  package var count: Int { events.count - position }

  /// Adds what happened last.
  package mutating func add(_ event: Event) { events.append(event) }

  /// Adds what happened before everything that has not been looked at.
  package mutating func addInFront(_ body: (inout Turn) -> Void) {
    var later: ContiguousArray<Event> = []
    swap(&later, &events)
    let looked = position
    position = 0
    body(&self)
    events.append(contentsOf: later[looked...])
  }

  /// Takes the first event that has not been looked at; `nil` when there is none.
  package mutating func next() -> Event? {
    guard position < events.count else {
      events.removeAll(keepingCapacity: true)
      position = 0
      return nil
    }
    position += 1
    return events[position - 1]
  }
}
