import TaskScheduler

/// The driver's share of keeping task output: what engines send of it, on its way to the thread that
/// writes it.
final class OutputDesk: LoopClient {
  /// Output of an engine that is settled, kept or not, so that it may send more.
  struct Settlement {
    var engine: EngineID
    var cost: Int
  }

  /// `nil` where engines send nothing.
  private let writer: OutputWriter?
  private let announcer: Announcer
  private let grace: Interval
  private var settled: ContiguousArray<Settlement> = []
  /// Until when the end waits for the disk; `nil` for as long as it takes.
  private var patience: Instant?
  private(set) var hasEnded = false

  /// Makes the desk.
  ///
  /// - Parameters:
  ///   - store: Where the driver keeps output; `nil` where engines do, or nobody.
  ///   - grace: How long the end of a run that was stopped waits for the disk.
  ///   - announcer: Tells what is not kept.
  ///   - loop: Watches the writer.
  /// - Throws: when the process may have no more descriptors or threads.
  init(
    _ store: (any OutputStore & Sendable)?,
    grace: Interval,
    _ announcer: Announcer,
    in loop: Loop
  ) throws(Errno) {
    self.announcer = announcer
    self.grace = grace
    writer = try store.map { (store) throws(Errno) in try OutputWriter(store) }
    if let writer { try loop.attach(self, reading: writer.answer.descriptor.rawValue) }
  }

  /// Hands what an engine sent to the thread that writes it.
  func accept(_ chunks: ContiguousArray<OutputChunk>, from engine: EngineID) {
    writer?.submit(chunks, from: engine.rawValue)
  }

  /// Takes what is settled since the last call.
  func takeSettled() -> ContiguousArray<Settlement> {
    guard !settled.isEmpty else { return [] }
    defer { settled = [] }
    return settled
  }

  func ready(_ readiness: Poller.Readiness, in turn: inout Turn) { takeProgress() }

  private func takeProgress() {
    guard let progress = writer?.takeProgress() else { return }
    for (engine, cost) in progress.settled {
      settled.append(Settlement(engine: EngineID(engine), cost: cost))
    }
    announcer.note(progress.loss)
    for notice in progress.notices { announcer.say(.warning, notice) }
  }
}

// MARK: The end

/// Engines leave when their output is settled, so this takes long only if one was ended and the disk hangs.
extension OutputDesk: EndStage {
  func beginEnd(at now: Instant, isHurried: Bool) {
    writer?.finish()
    patience = isHurried ? now + grace : nil
  }

  func lookAtEnd(at now: Instant) {
    if writer?.isDone ?? true {
      takeProgress()
      writer?.join()
      hasEnded = true
    } else if let patience, patience <= now {
      giveUp()
    }
  }

  var endDeadline: Instant? { patience }

  func hurry(at now: Instant) { giveUp() }

  private func giveUp() {
    hasEnded = true
    announcer.remarks.isOutputCut = true
  }
}
