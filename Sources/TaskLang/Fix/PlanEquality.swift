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
    var steps = TaskFile(source).steps
    for index in steps.indices {
      if case .barrier = steps[index].kind { steps[index].command = [] }
    }
    return steps
  }
}
