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

  /// What went wrong and the line that runs it again; of a seed that was asked for, all that
  /// happened.
  static func report(_ seed: UInt64, _ complaint: String, in world: World) -> String {
    var lines = ["\(complaint)", "SIM_SEED=\(seed) swift test --filter Simulation"]
    guard seeds.count == 1 else { return lines.joined(separator: "\n") }
    lines.append("\(world.scenario)")
    lines += world.history.map { "\($0.at.nanoseconds / 1_000_000) ms: \($0.fact)" }
    return lines.joined(separator: "\n").replacing(wordy: ["TaskSchedulerTests.", "TaskScheduler."])
  }

  private static func number(_ name: String) -> UInt64? {
    guard let text = unsafe getenv(name) else { return nil }
    return UInt64(unsafe String(cString: text))
  }
}

extension String {
  /// The text without the module names that reflection puts into it.
  fileprivate func replacing(wordy names: [String]) -> String {
    names.reduce(self) { $0.replacing($1, with: "") }
  }
}
