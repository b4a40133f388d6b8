/// A task file that is held whole: what is wrong with it, and what it comes to.
///
/// For files of any length and for streams, see `TaskFeed` and `Expander`, which take chunks.
public struct TaskFile: Sendable {
  /// Its bytes.
  public let source: [UInt8]

  /// Takes the bytes; nothing is read yet, and no input is refused.
  public init(_ source: [UInt8]) { self.source = source }

  /// What is wrong with it, in the order of the places.
  ///
  /// - Complexity: O(bytes).
  public var diagnostics: [Diagnostic] {
    var frontEnd = FrontEnd(checker: Checker())
    _ = frontEnd.read(source.span)
    frontEnd.finish()
    return frontEnd.checker?.diagnostics ?? []
  }

  /// What it comes to, step by step, as the reference takes it: mistakes end nothing.
  ///
  /// - Complexity: O(bytes); a REPEAT of any count is one step.
  public var steps: [Step] {
    var feed = TaskFeed(checks: false)
    feed.append(source.span)
    feed.end()
    var steps: [Step] = []
    while let step = feed.next() { steps.append(step) }
    return steps
  }
}
