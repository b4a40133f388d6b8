import TaskScheduler

/// The way from the scheduler's last word to the end: one thing after another comes to its end, in the same
/// loop as before, so that whoever serves somebody else does so until the last.
struct RunEnding {
  /// What comes to its end, in this order.
  enum Stage {
    case engines, output, rows, logs, mail
  }

  private let stages: [(stage: Stage, desk: any EndStage)]
  private var position = 0
  private var hasBegun = false

  /// Makes an end of these stages.
  init(_ stages: [(stage: Stage, desk: any EndStage)]) { self.stages = stages }

  /// Whether all of it has come to its end.
  var isOver: Bool { position == stages.count }

  /// What is coming to its end.
  var stage: Stage? { isOver ? nil : stages[position].stage }

  /// When something is due though nothing happens.
  var deadline: Instant? { isOver ? nil : stages[position].desk.endDeadline }

  /// Goes on as far as things have come to their end.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - isHurried: Whether a signal has ended the run.
  ///   - begin: Does what belongs between two stages, before a stage begins.
  mutating func goOn(at now: Instant, isHurried: Bool, begin: (Stage) -> Void) {
    while !isOver {
      let (stage, desk) = stages[position]
      if !hasBegun {
        hasBegun = true
        begin(stage)
        desk.beginEnd(at: now, isHurried: isHurried)
      }
      desk.lookAtEnd(at: now)
      guard desk.hasEnded else { return }
      position += 1
      hasBegun = false
    }
  }

  /// Waits no longer than it must for what has not come to its end: a signal has come.
  func hurry(at now: Instant) {
    if !isOver { stages[position].desk.hurry(at: now) }
  }
}
