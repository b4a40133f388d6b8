package import TaskScheduler

/// What a driver says to an engine.
package enum DriverMessage: Hashable, Sendable {
  /// The first word.
  case configure(EngineSettings)
  /// One of the PERENGINE commands, before `perEngineDefined`.
  case perEngineCommand(PerEngineMoment, index: Int32, line: Int64, ContiguousArray<UInt8>)
  /// How many PERENGINE commands there are; none follow.
  case perEngineDefined(startCount: Int32, stopCount: Int32)
  /// Run the commands of this moment.
  case runPerEngine(PerEngineMoment)
  /// Run a task.
  case start(TaskOrder)
  /// End a task.
  case endTask(TaskID, SlotIndex, EndMode)
  /// Run the STOP commands and leave.
  case release(limit: Interval?)
  /// The answer to a heartbeat.
  case leaseAnswer(sentAt: Instant)
  /// Output of this cost is settled, kept or not.
  case outputSettled(cost: Int64)
}

/// A task as an engine gets it.
package struct TaskOrder: Hashable, Sendable {
  package var task: TaskID
  package var attempt: Attempt
  package var slot: SlotIndex
  package var line: Int64
  package var repeatIndex: Int64
  package var timeout: Interval?
  package var command: ContiguousArray<UInt8>

  /// No kernel takes an argument of more than 32 pages, and no page has more than 64 KiB.
  ///
  /// A command is cut here for the wire; the kernel refuses it cut as it would whole.
  package static let longestCommand = 32 * 65_536 + 1

  // More than five: one for each part of the value.
  package init(
    task: TaskID,
    attempt: Attempt,
    slot: SlotIndex,
    line: Int64,
    repeatIndex: Int64,
    timeout: Interval? = nil,
    command: ContiguousArray<UInt8>
  ) {
    self.task = task
    self.attempt = attempt
    self.slot = slot
    self.line = line
    self.repeatIndex = repeatIndex
    self.timeout = timeout
    self.command = command
  }
}

extension DriverMessage {
  /// Writes the message as the body of a frame.
  package func write(to writer: inout WireWriter) {
    switch self {
    case .configure(let settings):
      writer.put(UInt8(1))
      settings.write(to: &writer)
    case .perEngineCommand(let when, let index, let line, let command):
      writer.put(UInt8(2))
      writer.put(when)
      writer.put(index)
      writer.put(line)
      writer.put(bytes: command)
    case .perEngineDefined(let startCount, let stopCount):
      writer.put(UInt8(3))
      writer.put(startCount)
      writer.put(stopCount)
    case .runPerEngine(let when):
      writer.put(UInt8(4))
      writer.put(when)
    case .start(let order):
      writer.put(UInt8(5))
      writer.put(order.task)
      writer.put(order.attempt)
      writer.put(order.slot)
      writer.put(order.line)
      writer.put(order.repeatIndex)
      writer.put(order.timeout)
      writer.put(bytes: order.command)
    case .endTask(let task, let slot, let mode):
      writer.put(UInt8(6))
      writer.put(task)
      writer.put(slot)
      writer.put(mode.rawValue)
    case .release(let limit):
      writer.put(UInt8(7))
      writer.put(limit)
    case .leaseAnswer(let sentAt):
      writer.put(UInt8(8))
      writer.put(sentAt.nanoseconds)
    case .outputSettled(let cost):
      writer.put(UInt8(9))
      writer.put(cost)
    }
  }

  /// Reads the body of a frame, all of it.
  package init(from frame: WireReader) throws(WireError) {
    var reader = frame
    let kind = try reader.integer(UInt8.self)
    switch kind {
    case 1: self = .configure(try EngineSettings(from: &reader))
    case 2:
      self = .perEngineCommand(
        try reader.perEngineMoment(),
        index: try reader.integer(),
        line: try reader.integer(),
        try reader.byteString()
      )
    case 3:
      self = .perEngineDefined(startCount: try reader.integer(), stopCount: try reader.integer())
    case 4: self = .runPerEngine(try reader.perEngineMoment())
    case 5:
      self = .start(
        TaskOrder(
          task: try reader.id(),
          attempt: try reader.id(),
          slot: try reader.id(),
          line: try reader.integer(),
          repeatIndex: try reader.integer(),
          timeout: try reader.optionalInterval(),
          command: try reader.byteString()
        )
      )
    case 6: self = .endTask(try reader.id(), try reader.id(), try reader.endMode())
    case 7: self = .release(limit: try reader.optionalInterval())
    case 8: self = .leaseAnswer(sentAt: Instant(nanoseconds: try reader.integer()))
    case 9: self = .outputSettled(cost: try reader.integer())
    default: throw .unknownMessage(kind)
    }
    try reader.finish()
  }
}
