/// How an engine or a context is taken out of a run that goes on.
package enum RetireMode: UInt8, Hashable, Sendable {
  /// It gets no new tasks and leaves when those it has have ended.
  case afterTasks

  /// Its tasks are ended and run again elsewhere.
  case now

  /// As `now`, and another is started in its place.
  case replaced
}
