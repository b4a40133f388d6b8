import TaskRuntime
import TaskScheduler

/// Puts what a run has to say on stderr.
final class RunMessages: RunObserver {
  private let console: Console

  init(_ console: Console) { self.console = console }

  func runBegan(_ facts: RunFacts) {}

  func runSaid(_ line: String) { console.say(line) }

  func runAdvanced(_ tally: Tally) {}
}
