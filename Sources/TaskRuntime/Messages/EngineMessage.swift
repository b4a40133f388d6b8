package import TaskScheduler

/// What an engine says to its driver.
package enum EngineMessage: Hashable, Sendable {
  /// It is there, with this process id.
  case joined(pid: Int32)
  /// It cannot serve, for a reason told to the user.
  case refused(String)
  /// A task ended.
  case taskEnded(AttemptEnd, TaskReport)
  /// A PERENGINE command ended.
  case perEngineEnded(PerEngineEnd, TaskReport)
  /// The last of them ended.
  case perEngineDone(PerEngineMoment)
  /// A sign of life, sent at this instant of the engine's clock.
  case heartbeat(sentAt: Instant)
  /// Nothing of it runs any more.
  case left
  /// A piece of task output, for the driver to keep.
  case output(OutputChunk)
  /// Task output that the engine itself could not keep.
  case outputLost(OutputLoss)
  /// How many bytes of an attempt's output were beyond the limit and are not kept.
  case outputCut(TaskID, byteCount: Int64)
  /// What tasks that have ended left running, now that the engine ends it.
  case leftovers(Leftovers)
  /// What they left running and the engine waits for before it leaves.
  case awaitsLeftovers(Leftovers)
  /// It got a signal from somebody other than its driver.
  case told(EndSignal)
}

extension EngineMessage {
  /// Writes the message as the body of a frame.
  package func write(to writer: inout WireWriter) {
    switch self {
    case .joined(let pid):
      writer.put(UInt8(1))
      writer.put(pid)
    case .refused(let reason):
      writer.put(UInt8(2))
      writer.put(reason)
    case .taskEnded(let end, let report):
      writer.put(UInt8(3))
      writer.put(end)
      report.write(to: &writer)
    case .perEngineEnded(let end, let report):
      writer.put(UInt8(4))
      writer.put(end)
      report.write(to: &writer)
    case .perEngineDone(let moment):
      writer.put(UInt8(5))
      writer.put(moment)
    case .heartbeat(let sentAt):
      writer.put(UInt8(6))
      writer.put(sentAt.nanoseconds)
    case .left:
      writer.put(UInt8(7))
    case .output(let chunk):
      writer.put(UInt8(8))
      chunk.write(to: &writer)
    case .outputLost(let loss):
      writer.put(UInt8(9))
      loss.write(to: &writer)
    case .leftovers(let leftovers):
      writer.put(UInt8(10))
      leftovers.write(to: &writer)
    case .awaitsLeftovers(let leftovers):
      writer.put(UInt8(11))
      leftovers.write(to: &writer)
    case .told(let signal):
      writer.put(UInt8(12))
      writer.put(signal.rawValue)
    case .outputCut(let task, let byteCount):
      writer.put(UInt8(13))
      writer.put(task)
      writer.put(byteCount)
    }
  }

  /// Reads the body of a frame, all of it.
  package init(from frame: WireReader) throws(WireError) {
    var reader = frame
    let kind = try reader.integer(UInt8.self)
    switch kind {
    case 1: self = .joined(pid: try reader.integer())
    case 2: self = .refused(try reader.text())
    case 3: self = .taskEnded(try reader.attemptEnd(), try TaskReport(from: &reader))
    case 4: self = .perEngineEnded(try reader.perEngineEnd(), try TaskReport(from: &reader))
    case 5: self = .perEngineDone(try reader.perEngineMoment())
    case 6: self = .heartbeat(sentAt: Instant(nanoseconds: try reader.integer()))
    case 7: self = .left
    case 8: self = .output(try OutputChunk(from: &reader))
    case 9: self = .outputLost(try OutputLoss(from: &reader))
    case 10: self = .leftovers(try Leftovers(from: &reader))
    case 11: self = .awaitsLeftovers(try Leftovers(from: &reader))
    case 12: self = .told(try reader.endSignal())
    case 13: self = .outputCut(try reader.id(), byteCount: try reader.integer())
    default: throw .unknownMessage(kind)
    }
    try reader.finish()
  }
}
