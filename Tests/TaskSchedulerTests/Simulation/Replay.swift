import TaskScheduler

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Which seeds to run, and how to run one again.
enum Replay {
  /// The seeds of this test run: those asked for, else a thousand.
  static var seeds: Range<UInt64> {
    if let seed = number("SIM_SEED") { return seed..<seed + 1 }
    return 0..<(number("DISBATCH_SIM_SEEDS") ?? 1000)
  }

  /// The line that runs a seed again, and what went wrong.
  static func report(_ seed: UInt64, _ complaint: String) -> String {
    "\(complaint)\nSIM_SEED=\(seed) swift test --filter Simulation"
  }

  private static func number(_ name: String) -> UInt64? {
    guard let text = unsafe getenv(name) else { return nil }
    return UInt64(unsafe String(cString: text))
  }
}
