import TaskLang

/// The fixes of findings as actions.
enum QuickFixes {
  /// The fixes of what was found in a range.
  static func actions(for document: Document, in range: Range<Int>) -> [CodeAction] {
    var actions: [CodeAction] = []
    for diagnostic in document.checks.diagnostics ?? [] {
      let span = diagnostic.primary.span
      guard span.start.offset <= range.upperBound, span.end.offset >= range.lowerBound else {
        continue
      }
      for fix in diagnostic.fixes {
        actions.append(
          CodeAction(
            title: title(of: fix),
            kind: CodeActionKind.quickFix,
            diagnostic: diagnostic,
            isPreferred: diagnostic.fixes.count == 1 && fix.applicability != .placeholder,
            edits: replacements(of: fix)
          )
        )
      }
    }
    return actions
  }

  /// Comments that keep what was found in a range from being reported.
  static func suppressions(for document: Document, in range: Range<Int>) -> [CodeAction] {
    var actions: [CodeAction] = []
    var seen: Set<DiagnosticCode> = []
    for diagnostic in document.checks.diagnostics ?? [] {
      let span = diagnostic.primary.span
      // What is said of such comments is no matter for another one.
      guard span.start.offset <= range.upperBound, span.end.offset >= range.lowerBound,
        diagnostic.code.family != "DB9", seen.insert(diagnostic.code).inserted
      else { continue }
      let start = document.buffer.offset(ofLine: span.start.line)
      let comment = Array("# disbatch: ignore[\(diagnostic.code.rawValue)]\n".utf8)
      actions.append(
        CodeAction(
          title: "Suppress \(diagnostic.code.rawValue) in this line",
          kind: CodeActionKind.quickFix,
          diagnostic: diagnostic,
          edits: [WorkspaceEdit.Replacement(range: start..<start, text: comment)]
        )
      )
    }
    return actions
  }

  /// All safe fixes of a document at once; of those that overlap, the first.
  static func fixAll(_ document: Document) -> CodeAction? {
    var edits: [WorkspaceEdit.Replacement] = []
    for diagnostic in document.checks.diagnostics ?? [] {
      guard let fix = diagnostic.fixes.first(where: { $0.applicability == .safe }) else { continue }
      let added = replacements(of: fix)
      if added.contains(where: { new in edits.contains { meet($0.range, new.range) } }) { continue }
      edits += added
    }
    if edits.isEmpty { return nil }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    return CodeAction(
      title: "Apply all safe fixes",
      kind: CodeActionKind.fixAll,
      diagnostic: nil,
      edits: edits
    )
  }

  private static func title(of fix: FixIt) -> String {
    guard let first = fix.message.first else { return "Fix" }
    return first.uppercased() + fix.message.dropFirst()
  }

  private static func replacements(of fix: FixIt) -> [WorkspaceEdit.Replacement] {
    fix.edits.map { edit in
      WorkspaceEdit.Replacement(
        range: edit.span.start.offset..<edit.span.end.offset,
        text: edit.text
      )
    }
  }

  private static func meet(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.lowerBound <= right.upperBound && right.lowerBound <= left.upperBound
  }
}
