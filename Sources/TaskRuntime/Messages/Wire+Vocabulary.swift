import TaskScheduler

/// The scheduler's values as fields of a frame.
extension WireWriter {
  mutating func put(_ interval: Interval) { put(interval.nanoseconds) }

  mutating func put(_ interval: Interval?) {
    put(UInt8(interval == nil ? 0 : 1))
    if let interval { put(interval) }
  }

  mutating func put(_ id: some DenseID) { put(id.rawValue) }

  mutating func put(_ moment: PerEngineMoment) { put(UInt8(moment == .start ? 0 : 1)) }

  mutating func put(_ outcome: Outcome) {
    switch outcome {
    case .exited(let code): put(UInt8(0), code)
    case .signalled(let number): put(UInt8(1), number)
    case .notStarted(let errno): put(UInt8(2), errno)
    case .lost: put(UInt8(3), 0)
    case .refused(let errno): put(UInt8(4), errno)
    }
  }

  mutating func put(_ end: AttemptEnd) {
    put(end.task)
    put(end.attempt)
    put(end.slot)
    put(end.outcome)
    put(end.cause.rawValue)
  }

  mutating func put(_ end: PerEngineEnd) {
    put(end.moment)
    put(end.index)
    put(end.outcome)
    put(end.cause.rawValue)
  }

  private mutating func put(_ kind: UInt8, _ number: Int32) {
    put(kind)
    put(number)
  }
}

extension WireReader {
  mutating func interval() throws(WireError) -> Interval {
    Interval(nanoseconds: try integer())
  }

  mutating func optionalInterval() throws(WireError) -> Interval? {
    switch try integer(UInt8.self) {
    case 0: nil
    case 1: try interval()
    default: throw .badValue
    }
  }

  mutating func id<ID: DenseID>(_ type: ID.Type = ID.self) throws(WireError) -> ID {
    let value = try integer(ID.RawValue.self)
    guard value >= 0 else { throw .badValue }
    return ID(value)
  }

  mutating func perEngineMoment() throws(WireError) -> PerEngineMoment {
    switch try integer(UInt8.self) {
    case 0: .start
    case 1: .stop
    default: throw .badValue
    }
  }

  mutating func endMode() throws(WireError) -> EndMode {
    guard let mode = EndMode(rawValue: try integer()) else { throw .badValue }
    return mode
  }

  mutating func endCause() throws(WireError) -> EndCause {
    guard let cause = EndCause(rawValue: try integer()) else { throw .badValue }
    return cause
  }

  mutating func attemptEnd() throws(WireError) -> AttemptEnd {
    AttemptEnd(try id(), try id(), in: try id(), try outcome(), try endCause())
  }

  mutating func perEngineEnd() throws(WireError) -> PerEngineEnd {
    PerEngineEnd(try perEngineMoment(), try integer(), try outcome(), try endCause())
  }

  mutating func endSignal() throws(WireError) -> EndSignal {
    guard let signal = EndSignal(rawValue: try integer()) else { throw .badValue }
    return signal
  }

  mutating func outcome() throws(WireError) -> Outcome {
    let kind = try integer(UInt8.self)
    let number = try integer(Int32.self)
    switch kind {
    case 0: return .exited(number)
    case 1: return .signalled(number)
    case 2: return .notStarted(errno: number)
    case 3: return .lost
    case 4: return .refused(errno: number)
    default: throw .badValue
    }
  }
}
