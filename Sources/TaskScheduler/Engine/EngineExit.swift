/// Why an engine is no more.
package enum EngineExit: UInt8, Hashable, Sendable {
  /// The driver let it go.
  case released

  /// The link to the driver closed.
  case linkClosed

  /// The driver had not answered for so long that it will give the tasks to others.
  case leaseExpired
}
