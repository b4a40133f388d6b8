import TaskScheduler

/// What engines say, made into events; what is no matter of the scheduler waits here for whom it concerns.
struct EngineNews {
  /// Output that an engine has sent.
  struct Output {
    var engine: EngineID
    var chunks: ContiguousArray<OutputChunk>
  }

  private let announcer: Announcer
  /// How long engines wait for what tasks left running.
  private let grace: Interval
  private var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
  private var outputs: ContiguousArray<Output> = []
  /// What was told of attempts.
  var reports = AttemptReports()

  init(_ announcer: Announcer, grace: Interval) {
    self.announcer = announcer
    self.grace = grace
  }

  /// Takes what has come from an engine.
  ///
  /// - Returns: whether it made sense.
  mutating func receive(
    from seat: EngineSeat,
    _ link: Link,
    _ post: inout EnginePost,
    in turn: inout Turn
  ) -> Bool {
    link.receive(through: &buffer)
    var chunks: ContiguousArray<OutputChunk> = []
    defer {
      if !chunks.isEmpty { outputs.append(Output(engine: seat.id, chunks: chunks)) }
    }
    do {
      while let frame = try link.next() {
        switch try EngineMessage(from: frame) {
        case .output(let chunk): chunks.append(chunk)
        case .heartbeat(let sentAt):
          turn.add(.engineHeard(seat.id))
          post.send(.leaseAnswer(sentAt: sentAt), to: seat)
        case let message: accept(message, from: seat, in: &turn)
        }
      }
      return true
    } catch {
      announcer.log(.error, "engine \(seat.id.rawValue) makes no sense (\(error)); it is ended")
      return false
    }
  }

  private mutating func accept(
    _ message: EngineMessage,
    from seat: EngineSeat,
    in turn: inout Turn
  ) {
    let id = seat.id
    switch message {
    case .joined(let pid):
      seat.word = .joined
      announcer.log(.info, "engine \(id.rawValue) (\(pid)) has joined", of: seat.context)
      let slots = Int32(seat.slots.count)
      turn.add(.engineJoined(id, seat.context, slots: slots, isLeased: seat.isLeased))
    case .refused(let reason):
      failToStart(seat, reason, in: &turn)
      seat.word = .unwanted
    case .taskEnded(let end, let report):
      if reports.keep(report, of: end, on: id) { turn.add(.taskEnded(id, end)) }
    case .perEngineEnded(let end, let report):
      reports.keep(report, of: end, on: id)
      turn.add(.perEngineEnded(id, end))
    case .perEngineDone(let moment): turn.add(.perEngineDone(id, moment))
    case .left:
      seat.word = .left
      announcer.log(.info, "engine \(id.rawValue) has left", of: seat.context)
      turn.add(.engineLeft(id))
    case .output, .heartbeat: break
    case .outputLost(let loss): announcer.note(loss)
    case .outputCut(let task, let byteCount):
      announcer.remarks.noteCut(of: task, byteCount)
      announcer.log(
        .info,
        "task \(task.rawValue): \(byteCount) bytes of output are beyond the limit and not kept"
      )
    case .leftovers(let leftovers): announcer.remarks.leftovers.add(leftovers)
    case .awaitsLeftovers(let leftovers):
      announcer.publish(.noted(leftovers.waitingLine(limit: grace)))
    case .told(let signal):
      announcer.log(
        .warning,
        "engine \(id.rawValue) got signal \(signal.rawValue) from outside",
        of: seat.context
      )
      turn.add(.engineTold(id, signal))
    }
  }

  /// Takes the output that engines have sent since the last call.
  mutating func takeOutputs() -> ContiguousArray<Output> {
    guard !outputs.isEmpty else { return [] }
    defer { outputs = [] }
    return outputs
  }

  /// Says that an engine cannot start.
  func failToStart(_ seat: EngineSeat, _ reason: String, in turn: inout Turn) {
    let text = "engine \(seat.id.rawValue) on \(seat.node) could not start: \(reason)"
    announcer.log(.error, text, of: seat.context)
    announcer.publish(.said(text))
    turn.add(.engineFailedToStart(seat.id))
  }
}
