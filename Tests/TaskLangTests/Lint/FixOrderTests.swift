import TaskLang
import TestSupport
import Testing

/// Fixes that are applied one by one, in whatever order, end where all at once do.
@Suite struct FixOrderTests {
  /// The order in which a person goes through findings.
  enum Order: CaseIterable, Sendable {
    case forwards, backwards
  }

  /// So many findings are mended one by one, and so long are the inputs at most.
  private static let (mostFixes, mostBytes) = (200, 4000)

  static let inputs = FixRunTests.all.filter { $0.source.count <= mostBytes }.enumerated()
    .filter { TestMode.isLong || $0.offset % 3 == 0 }.map(\.element)

  private static func findings(_ source: [UInt8]) -> [Diagnostic] {
    Checked(source, LintOptions(checksShell: true, obeysComments: true)).diagnostics
  }

  /// Applies one fix after the other, each to what the last one has led to.
  private static func mended(
    _ source: [UInt8],
    _ order: Order,
    allowsUnsafe: Bool
  ) -> [UInt8] {
    var result = source
    for _ in 0..<mostFixes {
      let found = findings(result)
      let current = result
      // What is safe comes first, as where all are applied at once.
      let next = [false, true].filter { allowsUnsafe || !$0 }.lazy.compactMap { isUnsafe in
        (order == .forwards ? found : found.reversed()).lazy.compactMap { finding -> [UInt8]? in
          let one = FixApplier(allowsUnsafe: isUnsafe) { $0 == current ? [finding] : [] }
          let mended = one.apply(to: current)
          return mended.source == current ? nil : mended.source
        }.first
      }.first
      guard let next else { return result }
      result = next
    }
    return result
  }

  @Test(arguments: [false, true])
  func `fixes one by one end at the plan that all at once lead to`(allowsUnsafe: Bool) {
    for input in Self.inputs {
      let applier = FixApplier(allowsUnsafe: allowsUnsafe, findings: Self.findings)
      let all = applier.apply(to: input.source).source
      for order in Order.allCases {
        let single = Self.mended(input.source, order, allowsUnsafe: allowsUnsafe)
        #expect(
          PlanEquality.isSame(single, all),
          """
          \(order) of \(input.name):
          \(String(decoding: input.source, as: UTF8.self))
          --- one by one
          \(String(decoding: single, as: UTF8.self))
          --- all at once
          \(String(decoding: all, as: UTF8.self))
          """
        )
      }
    }
  }
}
