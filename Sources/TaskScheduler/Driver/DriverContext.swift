/// A context, as the driver sees it.
struct DriverContext: Sendable {
  /// How many attempts its engines were given.
  var starts: Int64 = 0
  /// Whether it takes no more tasks and no more engines.
  var isStopped = false
}
