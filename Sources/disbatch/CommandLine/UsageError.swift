/// A command line that cannot be carried out: what was found, and what would be right.
struct UsageError: Error, Sendable, Equatable {
  /// One sentence or two, lower case, no full stop.
  let message: String

  init(_ message: String) { self.message = message }
}
