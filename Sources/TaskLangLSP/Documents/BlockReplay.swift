import TaskLang

/// Hands a block to the checks of a document: by its record where that is enough.
///
/// What the checks come to is the same as if each statement had been visited.
struct BlockReplay {
  let document: DocumentText
  let index: Int
  let record: StretchRecord

  private let start: ShellRecord.Start

  init(_ document: DocumentText, _ index: Int, _ record: StretchRecord) {
    self.document = document
    self.index = index
    self.record = record
    start = document.start(ofBlock: index)
  }

  /// How much work it was.
  enum Effort {
    /// Marks and what tasks leave behind.
    case marks
    /// All statements, but not their shell text.
    case statements
    /// All.
    case everything
  }

  /// Takes the block up.
  func run(_ checker: inout Checker) -> Effort {
    guard isOfFewDigits, checker.shell?.takeCounts(of: record.shell) ?? true else {
      visitStatements(byRecord: false, &checker)
      return .everything
    }
    if record.isUneven {
      visitStatements(byRecord: true, &checker)
      return .statements
    }
    var next = 0
    var state = document.outline.entries[index]
    var place = (bytes: 0, lines: 0)
    for mark in record.marks {
      passTasks(from: place, to: mark.place, &next, state, &checker)
      state.move(Displacement(oldEnd: .max, lines: 0, bytes: 0), ids: mark.tasks)
      visit(mark, &state, &place, &checker)
    }
    passTasks(from: place, to: .max, &next, state, &checker)
    return .marks
  }

  /// Whether no number in the block is too long for the padding, or none is padded.
  private var isOfFewDigits: Bool {
    guard record.shell.usesPadding else { return true }
    let last = document.buffer.starts[index + 1].lineFeeds + 1
    return max(last, document.outline.entries[index + 1].nextID) < ShellRecord.paddedLimit
  }

  /// Visits all statements; `byRecord`, the shell text of tasks only as the record asks to.
  private func visitStatements(byRecord: Bool, _ checker: inout Checker) {
    var state = document.outline.entries[index]
    var next = 0
    document.buffer.forEachStatement(inBlock: index, &state) { view, bytes, lowering in
      if byRecord {
        visitByRecord(view, bytes, lowering, &next, &checker)
      } else {
        Self.visit(view, bytes, lowering, &checker)
      }
      return true
    }
  }

  /// Looks at a statement, at the shell text of a task only as the record asks to.
  private func visitByRecord(
    _ view: StatementView,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    _ next: inout Int,
    _ checker: inout Checker
  ) {
    guard case .task = view.item else {
      return Self.visit(view, bytes, lowering, &checker)
    }
    if let task = task(next), start.offset + task.place == view.range.lowerBound {
      take(next, lowering, &checker) { checker in
        checker.shell?
          .visit(view.statement, view.item, view.piece, of: view.line, in: bytes, lowering)
      }
      next += 1
    }
    checker.visitLanguage(view.statement, view.item, view.piece, of: view.line, in: bytes, lowering)
  }

  /// Looks at a mark, and moves behind its line.
  private func visit(
    _ mark: StretchRecord.Mark,
    _ state: inout Lowering,
    _ place: inout (bytes: Int, lines: Int),
    _ checker: inout Checker
  ) {
    forEachStatement(from: (mark.place, mark.lines), &state) { view, bytes, lowering in
      Self.visit(view, bytes, lowering, &checker)
      place = (mark.place + bytes.count + 1, mark.lines + 1)
      return false
    }
  }

  /// Takes up the tasks of a gap between marks.
  private func passTasks(
    from place: (bytes: Int, lines: Int),
    to end: Int,
    _ next: inout Int,
    _ state: Lowering,
    _ checker: inout Checker
  ) {
    if !checker.skipsTasks(of: record.longestTask) {
      learn(from: place, to: end, &next, state, &checker)
    }
    while let task = task(next), task.place < end {
      take(next, state, &checker) { visit(task, state, &$0) }
      next += 1
    }
  }

  /// Visits statements until another task would change nothing.
  private func learn(
    from place: (bytes: Int, lines: Int),
    to end: Int,
    _ next: inout Int,
    _ state: Lowering,
    _ checker: inout Checker
  ) {
    var running = state
    var following = next
    forEachStatement(from: place, &running) { view, bytes, lowering in
      if view.range.lowerBound - start.offset >= end { return false }
      visitByRecord(view, bytes, lowering, &following, &checker)
      return !checker.skipsTasks(of: record.longestTask)
    }
    next = following
  }

  private func task(_ place: Int) -> ShellRecord.Task? {
    place < record.shell.tasks.count ? record.shell.tasks[place] : nil
  }

  /// Takes up a task that does something, or has it visited.
  private func take(
    _ task: Int,
    _ lowering: borrowing Lowering,
    _ checker: inout Checker,
    _ visit: (inout Checker) -> Void
  ) {
    checker.suppressShell()
    let isTaken =
      checker.shell?.take(task, of: record.shell, at: start, lowering, drawing: label) ?? true
    if !isTaken { visit(&checker) }
  }

  /// Has the shell text of a task looked at.
  private func visit(_ task: ShellRecord.Task, _ state: Lowering, _ checker: inout Checker) {
    var running = state
    forEachStatement(from: (task.place, task.line - 1), &running) { view, bytes, _ in
      let item = LoweredItem.task(id: start.id + task.id)
      checker.shell?.visit(view.statement, item, view.piece, of: view.line, in: bytes, state)
      return false
    }
  }

  /// Draws a word in the command of a task anywhere in the document.
  private func label(_ task: Int, _ word: Range<Int>) -> Label? {
    var label: Label?
    document.forEachStatement(in: task..<task) { view, bytes, lowering in
      if view.range.lowerBound == task {
        label = ShellChecker.writerLabel(word, view.piece, of: view.line, in: bytes, lowering)
      }
      return true
    }
    return label
  }

  private func forEachStatement(
    from place: (bytes: Int, lines: Int),
    _ state: inout Lowering,
    _ visit: (StatementView, Span<UInt8>, borrowing Lowering) -> Bool
  ) {
    document.buffer.forEachStatement(inBlock: index, from: place, &state, visit)
  }

  private static func visit(
    _ view: StatementView,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    _ checker: inout Checker
  ) {
    if view.isUnreached {
      checker.visitUnreached(view.statement, view.piece, of: view.line, in: bytes)
    } else {
      checker.visit(view.statement, view.item, view.piece, of: view.line, in: bytes, lowering)
    }
  }
}
