import TaskLang

/// The part of a document between two barriers.
struct Stage: Sendable {
  /// Its bytes, with the line of the barrier that ends it.
  var range: Range<Int>
  /// The ids of its tasks.
  var ids: Range<Int>
  /// The barrier that ends it; `nil` for the last one.
  var barrier: StatementView?
}

/// The stages of a document: what runs together.
enum Stages {
  /// All of them in order; a document has at least one.
  static func all(of document: Document) -> [Stage] {
    var stages: [Stage] = []
    var start = 0
    var firstID = 0
    document.forEachLandmark { view in
      guard case .barrier(let id, _) = view.item else { return }
      stages.append(
        Stage(range: start..<view.range.upperBound, ids: firstID..<id, barrier: view)
      )
      start = view.range.upperBound
      firstID = id + 1
    }
    let exit = document.outline.exit.nextID
    stages.append(Stage(range: start..<document.buffer.count, ids: firstID..<exit, barrier: nil))
    return stages
  }

  /// The id of the first task that a barrier waits for.
  static func firstID(before barrier: StatementView, in document: Document) -> Int {
    var index = document.buffer.block(at: barrier.range.lowerBound)
    while index >= 0 {
      let marks = document.outline.landmarks(inBlock: index, of: document.buffer)
      let last = marks.last { mark in
        if case .barrier = mark.item {
          mark.range.lowerBound < barrier.range.lowerBound
        } else {
          false
        }
      }
      if case .barrier(let id, _) = last?.item { return id + 1 }
      index -= 1
    }
    return 0
  }
}
