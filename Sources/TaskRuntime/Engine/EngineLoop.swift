import TaskScheduler

/// The place where an engine waits, with the parts of it that its desks share.
final class EngineLoop {
  /// Whose readiness it is.
  enum SourceKind: UInt16 {
    case signals, link, tap, strayTap, writer, output
  }

  /// What a deadline is for.
  enum Deadline: Hashable, Sendable {
    case core, watchTaps, heartbeat, lookAtProcesses, deferredExits
  }

  var poller: Poller
  var timers = TimerQueue<Deadline>()
  /// A buffer to read into; its contents mean nothing.
  var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)

  /// Makes a loop that waits for nothing.
  init() throws(Errno) { poller = try Poller() }

  /// Has the loop woken by a descriptor of which there is one for the engine's whole life.
  func watch(_ descriptor: borrowing FileDescriptor, as kind: SourceKind) throws(Errno) {
    _ = try poller.add(
      descriptor.rawValue,
      for: .reading,
      as: Poller.Source(kind: kind.rawValue)
    )
  }

  /// Waits until a descriptor is ready or a deadline has come.
  func wait(into ready: inout ContiguousArray<Poller.Readiness>) throws(Errno) {
    try poller.wait(until: timers.nextDeadline, at: Clock.now, into: &ready)
  }
}
