/// A task or a barrier: its number in the counter that both share.
package struct TaskID: DenseID {
  package let rawValue: Int64

  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// One life of one engine process; an engine that is started again gets a new id.
package struct EngineID: DenseID {
  package let rawValue: Int32

  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// A group of engines that were added together and are counted together by `-C`.
package struct ContextID: DenseID {
  package let rawValue: Int32

  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// One slot of an engine, in which one task runs at a time.
package struct SlotIndex: DenseID {
  package let rawValue: Int32

  package init(_ rawValue: Int32) { self.rawValue = rawValue }
}

/// Which try of a task this is, from 1.
package struct Attempt: DenseID {
  package let rawValue: Int32

  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// The first try.
  package static var first: Attempt { Attempt(1) }

  /// The try after this one.
  package var next: Attempt { Attempt(rawValue + 1) }
}

/// The number of a status row among those that the scheduler asked for, from 1.
package struct RowNumber: DenseID {
  package let rawValue: Int64

  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// Before the first row.
  package static var none: RowNumber { RowNumber(0) }
}
