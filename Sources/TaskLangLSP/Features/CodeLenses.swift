import TaskLang

/// A line of text above a line of the document.
struct CodeLens: Sendable {
  /// What it is about.
  let range: Range<Int>
  /// The number of the line to preview from, from 1.
  let line: Int
  let title: String
}

/// The lenses of a document.
enum CodeLenses {
  /// Most lenses that are shown; a file of nothing but REPEATs has better ways to be read.
  private static let limit = 1000

  /// What the file comes to, then each REPEAT and each barrier.
  static func lenses(for document: Document) -> [CodeLens] {
    var lenses: [CodeLens] = []
    var taskCount = 0
    for stage in Stages.all(of: document) {
      taskCount += stage.ids.count
      guard let barrier = stage.barrier, lenses.count < limit else { continue }
      lenses.append(
        CodeLens(
          range: barrier.range,
          line: barrier.line.number,
          title: "waits for \(PlanText.count(stage.ids.count, "task"))"
        )
      )
    }
    document.forEachLandmark { view in
      guard case .repeated(_, let indexes, _) = view.item, lenses.count < limit else { return }
      lenses.append(
        CodeLens(
          range: view.range,
          line: view.line.number,
          title: "\(PlanText.count(indexes.count, "task")), preview"
        )
      )
    }
    if taskCount > 0 {
      lenses.append(
        CodeLens(range: 0..<0, line: 1, title: "\(PlanText.count(taskCount, "task")), preview")
      )
    }
    return lenses.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
