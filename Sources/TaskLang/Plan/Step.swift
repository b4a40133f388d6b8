/// One item of a plan with its text, as the runtime takes it: REPEAT of any count is one step.
public struct Step: Sendable, Hashable {
  /// What a step asks for.
  public enum Kind: Sendable, Hashable {
    /// One task.
    case task
    /// A task for each index.
    case repeated(RepeatRange)
    /// Wait for all tasks before; with `check`, end the run if one failed since the last barrier.
    case barrier(check: Bool)
    /// A command for each engine; `index` counts those of its moment from 0.
    case perEngine(PerEngineMoment, index: Int)
  }

  /// What it asks for.
  public var kind: Kind
  /// Id of the task or barrier, or the first of a REPEAT's; 0 and without meaning for PERENGINE.
  public var firstID: Int
  /// Number of the line, from 1.
  public var line: Int
  /// The command with its affixes; of a barrier, its line unchanged.
  public var command: [UInt8]
  /// A barrier's key; `nil` when absent or empty.
  public var key: [UInt8]?

  /// How many tasks it stands for.
  public var taskCount: Int {
    switch kind {
    case .task: 1
    case .repeated(let indexes): indexes.count
    case .barrier, .perEngine: 0
    }
  }

  /// Makes the step of a plan item.
  ///
  /// - Returns: `nil` for what is no item.
  init?(
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) {
    self.line = line.number
    firstID = 0
    let body: Range<Int>
    switch item {
    case .nothing, .end: return nil
    case .task(let id):
      (kind, firstID, body) = (.task, id, piece)
    case .repeated(let first, let indexes, let command):
      (kind, firstID, body) = (.repeated(indexes), first, command)
    case .perEngine(let index, let directive):
      (kind, body) = (.perEngine(directive.moment, index: index), directive.command)
    case .barrier(let id, let directive):
      (kind, firstID) = (.barrier(check: directive.check != nil), id)
      command = bytes.copy(piece)
      key = directive.key.flatMap { $0.isEmpty ? nil : bytes.copy($0) }
      return
    }
    command = lowering.command(body, bytes)
  }
}
