import TaskLang

/// Other ways of writing the same tasks.
enum Refactorings {
  /// Most tasks that a REPEAT is written out to.
  private static let inlineLimit = 1000

  /// What can be done with the lines of a range.
  static func actions(for document: Document, in range: Range<Int>) -> [CodeAction] {
    guard let selection = TaskSelection(range, of: document) else {
      return inlinedRepeat(at: range.lowerBound, in: document).map { [$0] } ?? []
    }
    return [selection.prefixed(), selection.repeated()].compactMap(\.self)
  }

  /// A REPEAT as a line for each of its tasks.
  private static func inlinedRepeat(at offset: Int, in document: Document) -> CodeAction? {
    guard let (view, bytes, lowering) = document.statement(at: offset),
      case .repeated(_, let indexes, let body) = view.item, indexes.count <= inlineLimit
    else { return nil }
    let command = Array(bytes[body])
    let affixes = lowering.prefix.bytes + lowering.suffix.bytes
    var text: [UInt8] = []
    for place in 0..<indexes.count {
      if place > 0 { text.append(0x0A) }
      let index = indexes[place]
      if let line = IndexText.substituting(index, in: command, affixes: affixes) {
        text += line
      } else {
        text += Array("#DISBATCH REPEAT 1 start \(index) step 1 ".utf8) + command
      }
    }
    return CodeAction(
      title: "Write out the \(PlanText.count(indexes.count, "task")) of this REPEAT",
      kind: CodeActionKind.inline,
      diagnostic: nil,
      edits: [WorkspaceEdit.Replacement(range: view.range, text: text)]
    )
  }
}
