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
    var text: [UInt8] = []
    WrittenOutRepeat.append(
      indexes,
      Array(bytes[body]),
      at: (view.ids.lowerBound, view.line.number),
      lowering,
      to: &text
    )
    // What was one line becomes several.
    let commands = [lowering.prefix.bytes, text, lowering.suffix.bytes]
    if indexes.count > 1, commands.contains(where: IndexText.isLineNamed) { return nil }
    return CodeAction(
      title: "Write out the \(PlanText.count(indexes.count, "task")) of this REPEAT",
      kind: CodeActionKind.inline,
      diagnostic: nil,
      edits: [WorkspaceEdit.Replacement(range: view.range, text: text)]
    )
  }
}
