package import TaskScheduler

/// Starts the engines of a context.
package protocol Launcher: AnyObject {
  /// Starts one, and does not wait for it.
  ///
  /// - Throws: why none can be started now.
  func launch(_ request: LaunchRequest) throws(Errno) -> Launched
}

/// Which engine a launcher is to start, and where.
package struct LaunchRequest: Hashable, Sendable {
  package var engine: EngineID
  /// The host, as its context names it.
  package var node: String
  /// How many tasks it is to run at a time.
  package var slots: Int
}

/// An engine that is on its way.
package enum Launched: ~Copyable {
  /// The process by whose end its own is known, which is the caller's to reap, and its link.
  case linked(any LaunchedProcess, FileDescriptor)
  /// Its link comes later.
  ///
  /// One value, not two: the optimiser of Swift 6.3 breaks off where the ticket stands by itself.
  case awaited(Awaited)

  /// What is known of an engine whose link comes later.
  package struct Awaited {
    /// The process that there may be for it here.
    package var process: (any LaunchedProcess)?
    /// What its link comes with.
    package var ticket: JoinTicket

    package init(_ process: (any LaunchedProcess)?, _ ticket: JoinTicket) {
      self.process = process
      self.ticket = ticket
    }
  }
}

/// What tells which launch a link belongs to that comes later than its process.
package struct JoinTicket: Hashable, Sendable {
  package let number: UInt64

  package init(_ number: UInt64) { self.number = number }
}

/// The process of this host that stands for an engine, and ends when all of the engine has.
///
/// The value is kept until then; what holds the engine up besides goes with it.
package protocol LaunchedProcess {
  /// The process; nobody else reaps it.
  var pid: Int32 { get }
  /// What it is, in a word.
  var title: String { get }
  /// Has it end the engine and all that is below; it must not have been reaped.
  func end()
  /// Lets it go on if somebody has stopped it; it must not have been reaped.
  func wake()
  /// Kills it; it must not have been reaped.
  func kill()
  /// What its end says of the engine's; `nil` for nothing.
  func engineOutcome(_ outcome: Outcome) -> Outcome?
}
