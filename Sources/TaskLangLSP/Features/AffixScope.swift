import TaskLang

/// The commands that a PREFIX or a SUFFIX applies to.
struct AffixScope {
  /// Bytes of the document from the directive's line to the next directive of its kind, or the end.
  let range: Range<Int>
  /// Tasks that it applies to.
  let taskCount: Int
  /// PERENGINE commands that it applies to.
  let engineCount: Int
  /// Line of the directive that replaces it.
  let replacedAt: Int?

  /// Looks for the end of a directive's scope.
  init(of view: StatementView, in document: Document) {
    let isPrefix = Self.isPrefix(view)
    var next: StatementView?
    var barriers = 0
    var engines = 0
    var index = document.buffer.block(at: view.range.lowerBound)
    let firstID = Self.nextID(behind: view, in: document)
    while next == nil, index < document.buffer.blocks.count {
      for mark in document.outline.landmarks(inBlock: index, of: document.buffer)
      where mark.range.lowerBound > view.range.lowerBound {
        if Self.isPrefix(mark) == isPrefix, isPrefix != nil {
          next = mark
          break
        }
        switch mark.item {
        case .barrier: barriers += 1
        case .perEngine: engines += 1
        case .nothing, .task, .repeated, .end: break
        }
      }
      index += 1
    }
    let end = next?.range.lowerBound ?? document.buffer.count
    let endID = next.map { Self.nextID(behind: $0, in: document) } ?? document.outline.exit.nextID
    range = view.range.lowerBound..<end
    taskCount = endID - firstID - barriers
    engineCount = engines
    replacedAt = next?.line.number
  }

  /// A sentence about it.
  var summary: String {
    var tasks = PlanText.count(taskCount, "task")
    if engineCount > 0 {
      let commands = PlanText.count(engineCount, "PERENGINE command")
      tasks = taskCount == 0 ? commands : "\(tasks) and \(commands)"
    }
    guard let replacedAt else { return "It applies to \(tasks), down to the end." }
    return "It applies to \(tasks), down to line \(replacedAt)."
  }

  private static func isPrefix(_ view: StatementView) -> Bool? {
    switch view.statement {
    case .directive(.prefix): true
    case .directive(.suffix): false
    default: nil
    }
  }

  private static func nextID(behind view: StatementView, in document: Document) -> Int {
    document.statement(at: view.range.lowerBound)?.lowering.nextID ?? 0
  }
}
