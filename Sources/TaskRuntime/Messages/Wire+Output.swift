import TaskScheduler

/// What engine and driver say of output, as fields of a frame.
extension OutputChunk {
  func write(to writer: inout WireWriter) {
    writer.put(origin.task)
    writer.put(origin.attempt)
    writer.put(origin.stream.rawValue)
    writer.put(offset)
    writer.put(bytes: bytes)
    writer.put(UInt8(isLast ? 1 : 0))
  }

  init(from reader: inout WireReader) throws(WireError) {
    let task = try reader.id(TaskID.self)
    let attempt = try reader.id(Attempt.self)
    guard let stream = OutputStream(rawValue: try reader.integer()) else { throw .badValue }
    origin = OutputOrigin(task: task, attempt: attempt, stream: stream)
    offset = try reader.integer()
    bytes = try reader.byteString()
    guard bytes.count <= Self.mostBytes else { throw .badValue }
    switch try reader.integer(UInt8.self) {
    case 0: isLast = false
    case 1: isLast = true
    default: throw .badValue
    }
  }
}

extension OutputLoss {
  func write(to writer: inout WireWriter) {
    writer.put(reason)
    writer.put(UInt8(hasLostEarlier ? 1 : 0))
    writer.put(UInt32(tasks.count))
    for task in tasks { writer.put(task) }
  }

  init(from reader: inout WireReader) throws(WireError) {
    let reason = try reader.text()
    let hasLostEarlier = try reader.integer(UInt8.self) != 0
    var tasks: ContiguousArray<TaskID> = []
    for _ in 0..<(try reader.integer(UInt32.self)) { tasks.append(try reader.id()) }
    self.init(tasks: tasks, reason: reason, hasLostEarlier: hasLostEarlier)
  }
}

extension Leftovers {
  func write(to writer: inout WireWriter) {
    writer.put(taskCount)
    writer.put(UInt32(examples.count))
    for example in examples {
      writer.put(example.task)
      writer.put(example.command)
    }
  }

  init(from reader: inout WireReader) throws(WireError) {
    self.init()
    taskCount = try reader.integer()
    for _ in 0..<(try reader.integer(UInt32.self)) {
      examples.append(Example(task: try reader.id(), command: try reader.text()))
    }
  }
}
