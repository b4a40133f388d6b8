import TaskLang
import TaskRuntime
import TaskScheduler

/// Shows on stderr how a run stands, and what happens to it.
final class RunDisplay: RunObserver {
  /// How much is shown.
  enum Manner: Sendable, Equatable {
    /// Messages only.
    case messages
    /// A line now and then, for logs.
    case plain
    /// One line that is repainted, failures above it.
    case painted
  }

  private static let paintInterval = Interval.milliseconds(100)
  private static let plainInterval = Interval.seconds(10)
  /// Failures that are shown one by one; after that they are only counted.
  private static let failureLimit = 20
  /// Failures that are kept for the end where none are shown before.
  private static let keptFailureLimit = 5

  private let console: Console
  private let manner: Manner
  private let isQuiet: Bool
  private let total: Int?
  private var started: Instant?
  private var nextPaint: Instant?
  private var isPainted = false
  private var shownFailures = 0
  /// The lines about the first failures, where they were not shown as they happened.
  private(set) var keptFailures: [[String]] = []
  private var rate = RateMeter()

  /// Makes a display.
  ///
  /// - Parameters:
  ///   - console: Where it writes.
  ///   - manner: How much is shown.
  ///   - isQuiet: Whether only what went wrong is.
  ///   - total: How many tasks there are, if that is known beforehand.
  init(_ console: Console, manner: Manner, isQuiet: Bool, total: Int?) {
    self.console = console
    self.manner = manner
    self.isQuiet = isQuiet
    self.total = total
  }

  var refreshInterval: Interval? {
    switch manner {
    case .messages: nil
    case .plain: Self.plainInterval
    case .painted: .seconds(1)
    }
  }

  func observe(_ event: RunEvent) {
    switch event {
    case .began: started = Clock.now
    case .said(let line, let details): say(line, details)
    case .noted(let line): if !isQuiet { say(line, []) }
    case .taskFailed(let failure): show(failure)
    case .advanced(let tally, let now): show(tally, at: now)
    case .pauses: console.drain(by: Clock.now + .seconds(2))
    case .ended: break
    }
  }

  private func say(_ line: String, _ details: [String]) {
    clear()
    console.say(line, details: details)
  }

  private func show(_ failure: TaskFailure) {
    guard manner == .painted, !isQuiet else {
      if keptFailures.count < Self.keptFailureLimit { keptFailures.append(lines(of: failure)) }
      return
    }
    guard shownFailures <= Self.failureLimit else { return }
    clear()
    shownFailures += 1
    if shownFailures > Self.failureLimit {
      console.write("further failures are counted only; see the status file\n")
      return
    }
    console.write(lines(of: failure).map { $0 + "\n" }.joined())
  }

  /// A failure and its command in a line, and the last line of its error output below that.
  private func lines(of failure: TaskFailure) -> [String] {
    let head = StatusText.shown(failure.heading + ": ", .max)
    let text = StatusText.shown(
      SystemText.text(of: failure.command),
      max(20, (Terminal.width(2) ?? 100) - head.count)
    )
    let errorLine = failure.words.errorLine.map { StatusText.shown($0, StatusText.failureLimit) }
    return [head + text] + (errorLine.map { ["  " + $0] } ?? [])
  }

  private func show(_ tally: Tally, at now: Instant) {
    guard manner != .messages, let started else { return }
    if let nextPaint, now < nextPaint { return }
    let isFirst = nextPaint == nil
    nextPaint = now + (manner == .plain ? Self.plainInterval : Self.paintInterval)
    let elapsed = Double((now - started).nanoseconds) / 1e9
    rate.note(ended: tally.ended, at: elapsed)
    if manner == .plain && isFirst { return }
    let line = ProgressLine(
      tally: tally,
      total: tally.isFeedEnded ? Int(tally.offered) : total.map { $0 - Int(tally.skipped) },
      elapsedSeconds: elapsed,
      rate: rate.value
    )
    switch manner {
    case .messages: break
    case .plain: console.write(line.text(width: 200) + "\n")
    case .painted: paint(line)
    }
  }

  /// Paints the line where the terminal is ours; in the background somebody else types there.
  private func paint(_ line: ProgressLine) {
    isPainted = Terminal.isForeground(2)
    guard isPainted else { return }
    console.paint("\r" + line.text(width: (Terminal.width(2) ?? 80) - 1) + "\u{1B}[K")
  }

  /// Takes the painted line away, so that something else can be written.
  func clear() {
    guard isPainted else { return }
    isPainted = false
    // What a shell has written there since we were sent to the background is not ours to erase.
    if Terminal.isForeground(2) { console.write("\r\u{1B}[K") }
  }
}

/// Tasks a second, the last half minute counting most.
struct RateMeter {
  private static let windowSeconds = 30.0
  private var marks: [(ended: Int64, at: Double)] = [(0, 0)]
  /// The rate; 0 before anything has ended.
  private(set) var value = 0.0

  /// Notes how many have ended at a time in seconds.
  mutating func note(ended: Int64, at time: Double) {
    marks.append((ended, time))
    while marks.count > 2, let second = marks.dropFirst().first,
      time - second.at > Self.windowSeconds
    {
      marks.removeFirst()
    }
    if marks.count > 400 { marks.remove(at: marks.count / 2) }
    guard let first = marks.first, time - first.at > 0.2 else { return }
    value = Double(ended - first.ended) / (time - first.at)
  }
}
