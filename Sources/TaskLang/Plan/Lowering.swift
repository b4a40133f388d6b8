/// What one statement adds to the plan.
package enum LoweredItem: Sendable, Hashable {
  /// Nothing: a comment, an affix, an unknown directive, a REPEAT of none.
  case nothing
  /// One task: its id. Its body is the statement's piece.
  case task(id: Int)
  /// Tasks with ids from `firstID` on, one for each index.
  case repeated(firstID: Int, indexes: RepeatRange, body: Range<Int>)
  /// A barrier, which takes an id.
  case barrier(id: Int, BarrierDirective)
  /// A command for each engine; `index` counts those of its moment.
  case perEngine(index: Int, PerEngineDirective)
  /// The plan ends here, whatever follows.
  case end(PlanEnd)
}

/// Why a plan ends before its file does.
package enum PlanEnd: Sendable, Hashable {
  /// A PERENGINE after the first task, REPEAT, BARRIER or unknown directive.
  case latePerEngine
  /// A number, an index or an id of 2^63 or more.
  case tooLarge
}

/// Statements to plan items, one after another: the part of the language that has a memory.
///
/// A file, a pipe and an editor's buffer use the same machine. It holds the affixes in force and
/// three counters, so a plan of any length takes the same room.
package struct Lowering: Sendable, Hashable {
  /// The PREFIX in force.
  package private(set) var prefix = Affix()
  /// The SUFFIX in force.
  package private(set) var suffix = Affix()
  /// The id that the next task or barrier gets.
  package private(set) var nextID = 0
  /// PERENGINE START commands so far.
  package private(set) var startCount = 0
  /// PERENGINE STOP commands so far.
  package private(set) var stopCount = 0
  /// Whether PERENGINE may still be said.
  package private(set) var windowIsOpen = true
  /// Why nothing comes any more, once that is so.
  package private(set) var end: PlanEnd?

  package init() {}

  /// Makes the state that of the same place in an edited input.
  ///
  /// - Parameters:
  ///   - displacement: What the edit did to places.
  ///   - ids: By how much more ids were taken before this place.
  package mutating func move(_ displacement: Displacement, ids: Int) {
    prefix.origin?.move(displacement)
    suffix.origin?.move(displacement)
    nextID += ids
  }

  /// Takes the next statement.
  ///
  /// - Parameters:
  ///   - statement: What the piece means.
  ///   - piece: The bytes of the piece in its line.
  ///   - line: The line.
  ///   - bytes: The line's bytes.
  /// - Returns: What the statement adds to the plan.
  @inline(__always)
  package mutating func lower(
    _ statement: Statement,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> LoweredItem {
    if case .task = statement {
      windowIsOpen = false
      guard let id = takeIDs(1) else { return finish(.tooLarge) }
      return .task(id: id)
    }
    return lowerUncommon(statement, of: line, in: bytes)
  }

  /// Whether the next `count` lines are known to get ids if they are tasks.
  @inline(__always)
  func hasRoom(forTasks count: Int) -> Bool {
    !windowIsOpen && end == nil && nextID <= Int.max - count
  }

  /// Takes tasks in a row, for which there is room.
  ///
  /// - Returns: The id of the first.
  @inline(__always)
  mutating func lowerTasks(_ count: Int) -> Int {
    nextID += count
    return nextID - count
  }

  private mutating func lowerUncommon(
    _ statement: Statement,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> LoweredItem {
    switch statement {
    case .blank, .comment, .task: return .nothing
    case .unknownDirective:
      windowIsOpen = false
      return .nothing
    case .directive(.prefix(let directive)):
      prefix = Affix(directive.text, of: line, in: bytes)
      return .nothing
    case .directive(.suffix(let directive)):
      suffix = Affix(directive.text, of: line, in: bytes)
      return .nothing
    case .directive(.perEngine(let directive)):
      return lower(directive)
    case .directive(.barrier(let directive)):
      windowIsOpen = false
      guard let id = takeIDs(1) else { return finish(.tooLarge) }
      return .barrier(id: id, directive)
    case .directive(.repeatTasks(let directive)):
      windowIsOpen = false
      return lower(directive)
    }
  }

  private mutating func lower(_ directive: PerEngineDirective) -> LoweredItem {
    guard windowIsOpen else { return finish(.latePerEngine) }
    switch directive.moment {
    case .start:
      startCount += 1
      return .perEngine(index: startCount - 1, directive)
    case .stop:
      stopCount += 1
      return .perEngine(index: stopCount - 1, directive)
    }
  }

  private mutating func lower(_ directive: RepeatDirective) -> LoweredItem {
    guard let count = directive.count.value,
      let start = directive.start.map({ $0.number.value }) ?? 0,
      let step = directive.step.map({ $0.number.value }) ?? 1,
      let indexes = RepeatRange(count: count, start: start, step: step),
      let firstID = takeIDs(count)
    else { return finish(.tooLarge) }
    if count == 0 { return .nothing }
    let none = directive.headEnd..<directive.headEnd
    return .repeated(firstID: firstID, indexes: indexes, body: directive.command ?? none)
  }

  private mutating func takeIDs(_ count: Int) -> Int? {
    let first = nextID
    let (next, tooFar) = nextID.addingReportingOverflow(count)
    if tooFar { return nil }
    nextID = next
    return first
  }

  private mutating func finish(_ reason: PlanEnd) -> LoweredItem {
    end = reason
    return .end(reason)
  }
}
