/// Whether two inputs make the same plan.
///
/// The same are ids, lines, repeat indexes, kinds, the bytes of commands and the keys of barriers. A
/// barrier's own spelling is left out: nothing runs by it.
package enum PlanEquality {
  /// Compares two inputs.
  ///
  /// - Complexity: O(bytes).
  package static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    items(left) == items(right)
  }

  /// The steps of an input, without the spelling of barriers.
  private static func items(_ source: [UInt8]) -> [Step] {
    var feed = TaskFeed(checks: false)
    feed.append(source.span)
    feed.end()
    var steps: [Step] = []
    while var step = feed.take() {
      if case .barrier = step.kind { step.command = [] }
      steps.append(step)
    }
    return steps
  }
}
