import TaskLang

/// What stands behind a line for those who count tasks.
struct InlayHint: Sendable {
  /// Behind which byte of the document.
  let offset: Int
  let label: String
}

/// The hints of a document.
enum InlayHints {
  /// The hints of the lines that a range touches.
  static func hints(for document: Document, in range: Range<Int>) -> [InlayHint] {
    var hints: [InlayHint] = []
    var lastBarrier: Int?
    document.forEachStatement(in: range) { view, _, _ in
      if let label = label(of: view, document, &lastBarrier) {
        hints.append(InlayHint(offset: view.range.upperBound, label: label))
      }
      return true
    }
    return hints
  }

  private static func label(
    of view: StatementView,
    _ document: Document,
    _ lastBarrier: inout Int?
  ) -> String? {
    switch view.item {
    case .task(let id): return "#\(id)"
    case .repeated(_, let indexes, _):
      let ids = view.ids
      let name =
        ids.count == 1 ? "#\(ids.lowerBound)" : "#\(ids.lowerBound)..#\(ids.upperBound - 1)"
      return "\(name), index \(PlanText.range(of: indexes))"
    case .barrier(let id, _):
      let first = lastBarrier.map { $0 + 1 } ?? Stages.firstID(before: view, in: document)
      lastBarrier = id
      return "#\(id), waits for \(PlanText.count(id - first, "task"))"
    case .perEngine, .nothing, .end: return nil
    }
  }
}
