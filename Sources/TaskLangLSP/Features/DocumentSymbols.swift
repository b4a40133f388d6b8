import TaskLang

/// The symbols of a document: its stages, and in each the directives and the runs of tasks.
enum DocumentSymbols {
  /// Most single tasks of a run that are listed; longer runs are one entry.
  private static let runLimit = 20
  /// Most bytes of a line that are shown.
  private static let nameLimit = 60

  /// The symbols in order.
  static func symbols(for document: Document) -> [DocumentSymbol] {
    let stages = Stages.all(of: document).filter { !$0.range.isEmpty }
    let marks = landmarks(of: document)
    var next = 0
    return stages.enumerated().map { number, stage in
      var children: [DocumentSymbol] = []
      var start = stage.range.lowerBound
      while next < marks.count, marks[next].range.lowerBound < stage.range.upperBound {
        let mark = marks[next]
        children += run(start..<mark.range.lowerBound, document)
        if let symbol = symbol(for: mark, document) { children.append(symbol) }
        start = mark.range.upperBound
        next += 1
      }
      if start < stage.range.upperBound {
        children += run(start..<stage.range.upperBound, document)
      }
      return DocumentSymbol(
        name: stages.count == 1 ? "Tasks" : "Stage \(number + 1)",
        detail: PlanText.count(stage.ids.count, "task"),
        kind: .stage,
        range: stage.range,
        selection: children.first?.selection ?? stage.range,
        children: children
      )
    }
  }

  /// The directives; comments do not part runs of tasks.
  private static func landmarks(of document: Document) -> [StatementView] {
    var views: [StatementView] = []
    document.forEachLandmark { view in
      if case .directive = view.statement { views.append(view) }
    }
    return views
  }

  private static func symbol(for view: StatementView, _ document: Document) -> DocumentSymbol? {
    let kind: DocumentSymbol.Kind
    switch view.statement {
    case .directive(.prefix), .directive(.suffix): kind = .affix
    case .directive(.repeatTasks): kind = .repeated
    case .directive(.perEngine): kind = .perEngine
    case .directive(.barrier), .blank, .comment, .task, .unknownDirective: return nil
    }
    // Behind the marker and its space.
    let words = view.range.lowerBound + 10..<view.range.upperBound
    return DocumentSymbol(
      name: name(words, document),
      detail: PlanText.summary(of: view) ?? "",
      kind: kind,
      range: view.range,
      selection: view.range
    )
  }

  /// The tasks between two directives: each by itself if they are few, else one entry for all.
  private static func run(_ range: Range<Int>, _ document: Document) -> [DocumentSymbol] {
    guard !range.isEmpty else { return [] }
    var tasks: [(range: Range<Int>, id: Int)] = []
    var firstID: Int?
    var lastID = 0
    var end = range.lowerBound
    document.forEachStatement(in: range) { view, _, _ in
      guard case .task(let id) = view.item, view.range.lowerBound >= range.lowerBound,
        view.range.lowerBound < range.upperBound
      else { return true }
      if firstID == nil { firstID = id }
      lastID = id
      end = view.range.upperBound
      if tasks.count <= runLimit { tasks.append((view.range, id)) }
      return true
    }
    guard let firstID, let first = tasks.first else { return [] }
    if tasks.count <= runLimit {
      return tasks.map { task in
        DocumentSymbol(
          name: name(task.range, document),
          detail: "Task \(task.id).",
          kind: .tasks,
          range: task.range,
          selection: task.range
        )
      }
    }
    return [
      DocumentSymbol(
        name: "Tasks \(firstID) to \(lastID)",
        detail: PlanText.count(lastID - firstID + 1, "task"),
        kind: .tasks,
        range: first.range.lowerBound..<end,
        selection: first.range
      )
    ]
  }

  /// A line as a name, which must not be empty.
  private static func name(_ range: Range<Int>, _ document: Document) -> String {
    let shown = range.lowerBound..<min(range.upperBound, range.lowerBound + nameLimit)
    let text = String(decoding: document.buffer.bytes(in: shown), as: UTF8.self)
    let name = shown.count < range.count ? text + "..." : text
    return name.isEmpty ? "(nothing)" : name
  }
}
