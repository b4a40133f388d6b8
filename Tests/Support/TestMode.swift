import FoundationEssentials

/// How thorough a test run is; `scripts/test` sets the variables.
package enum TestMode {
  /// Whether time is taken for what is too long for every change (`scripts/test --all`).
  package static let isLong = ProcessInfo.processInfo.environment["TASKTEST_LONG"] != nil

  /// Whether a sanitizer is built in, which makes memory and speed meaningless.
  package static let isSanitized = ProcessInfo.processInfo.environment["TASKTEST_SANITIZER"] != nil
}
