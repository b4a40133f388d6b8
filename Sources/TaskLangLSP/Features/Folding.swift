import TaskLang

/// Lines that may be shown as one.
struct Fold: Sendable, Hashable {
  /// The first and the last line as clients count.
  let lines: ClosedRange<Int>
  let isComment: Bool
}

/// The folds of a document.
enum Folding {
  /// Stages, if there are several, and comments of several lines.
  static func folds(of document: Document) -> [Fold] {
    var folds: [Fold] = []
    let buffer = document.buffer
    func add(_ range: Range<Int>, isComment: Bool) {
      let first = buffer.position(of: range.lowerBound, in: .utf8).line
      let last = buffer.position(of: range.upperBound, in: .utf8).line
      if last > first { folds.append(Fold(lines: first...last, isComment: isComment)) }
    }
    let stages = Stages.all(of: document)
    if stages.count > 1 {
      for stage in stages {
        // A stage ends in front of its barrier, which stays to be seen, and begins behind the last.
        let end = (stage.barrier?.range.lowerBound ?? stage.range.upperBound) - 1
        let start = stage.range.lowerBound == 0 ? 0 : stage.range.lowerBound + 1
        if start < end { add(start..<end, isComment: false) }
      }
    }
    var comment: Range<Int>?
    var lastLine = -1
    document.forEachLandmark { view in
      guard case .comment = view.statement else { return }
      if let open = comment, view.line.number == lastLine + 1 {
        comment = open.lowerBound..<view.range.upperBound
      } else {
        if let open = comment { add(open, isComment: true) }
        comment = view.range
      }
      lastLine = view.line.number
    }
    if let open = comment { add(open, isComment: true) }
    return folds
  }
}
