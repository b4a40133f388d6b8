// How commands, engines and runs end, and why: small enums that are easily mixed up, side by side.
//
//   of a command   EndMode      how hard the driver has it ended
//                  EndCause     why it ended when it did (what it ended with is its `Outcome`)
//   of an engine   RetireMode   how it, or its whole context, is taken out of a run that goes on
//                  LossReason   what the driver knows of one that no longer answers
//                  EngineExit   why it is no more, as the engine itself sees it
//   of a run       StopMode     how the user stops it
//                  HaltMode     what too many failures do to the tasks that run
//                  ClosingMode  what closing does to all that still runs, whoever asked for it
//                  ExitReason   why it is over

/// How hard a task is ended.
package enum EndMode: UInt8, Hashable, Sendable {
  /// SIGTERM to its whole tree, and SIGKILL when the grace time is over.
  case terminate

  /// SIGKILL to its whole tree, now.
  case kill
}

/// Why a command ended when it did.
package enum EndCause: UInt8, Hashable, Sendable {
  /// It came to its own end.
  case itself

  /// It was still running when its time was up, so the engine ended it.
  case timedOut

  /// The driver had it ended; what it answered to the signal says nothing about its work.
  case ordered
}

/// How an engine or a context is taken out of a run that goes on.
package enum RetireMode: UInt8, Hashable, Sendable {
  /// It gets no new tasks and leaves when those it has have ended.
  case afterTasks

  /// Its tasks are ended and run again elsewhere.
  case now

  /// As `now`, and another is started in its place.
  case replaced
}

/// What is known about an engine that no longer answers.
package enum LossReason: UInt8, Hashable, Sendable {
  /// Its process and everything it started are gone; nothing of it can still run.
  case died

  /// Its process is gone, and what it started is being ended; `died` follows.
  case dying

  /// The link to it is gone, and it may live until its lease has run out.
  case linkClosed
}

/// Why an engine is no more.
package enum EngineExit: UInt8, Hashable, Sendable {
  /// The driver let it go.
  case released

  /// The link to the driver closed.
  case linkClosed

  /// The driver had not answered for so long that it will give the tasks to others.
  case leaseExpired
}

/// How a run is stopped from outside.
package enum StopMode: UInt8, Hashable, Sendable {
  /// No new tasks; those that run end by themselves (SIGUSR1).
  case drain

  /// No new tasks; those that run get SIGTERM, and SIGKILL after the grace time (SIGINT, SIGTERM).
  case interrupt

  /// Everything is killed (a second SIGINT or SIGTERM); told again, nothing is waited for.
  case killNow
}

/// What happens to the tasks that run when too many have failed.
package enum HaltMode: UInt8, Hashable, Sendable {
  /// They are ended.
  case now

  /// They end by themselves.
  case soon
}

/// What happens to all that still runs when a run closes; later cases are harder.
package enum ClosingMode: UInt8, Hashable, Comparable, Sendable {
  /// Tasks and PERENGINE commands take the time they need.
  case finish

  /// Tasks are ended; PERENGINE commands take the time they need.
  case terminate

  /// Tasks are ended, and STOP commands have the grace time.
  case hurry

  /// Everything is killed.
  case kill

  package static func < (left: ClosingMode, right: ClosingMode) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Why a run is over.
package enum ExitReason: Hashable, Sendable {
  /// Every task has ended, or there was none.
  case completed

  /// A BARRIER CHECK with this id found failures.
  case checkFailed(TaskID)

  /// A task or a PERENGINE START failed under fail-fast.
  case failFast

  /// The limit of failures was reached.
  case halted

  /// It was stopped from outside, in this way.
  case stopped(StopMode)

  /// The stream of steps was malformed.
  case feedFailed

  /// Status rows can no longer be written.
  case writerFailed

  /// Tasks remain, and no engine is left or can come to run them.
  case tasksRemain

  /// There were tasks, and no engine ever joined.
  case noEngine
}
