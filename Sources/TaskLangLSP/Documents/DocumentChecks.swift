import TaskLang

/// The checks of a document, made in slices between messages.
///
/// Copies of the checker are kept on the way, so that after an edit the checks go on from the last
/// copy in front of it instead of from the top.
struct DocumentChecks: Sendable {
  private struct Checkpoint: Sendable {
    var block: Int
    var checker: Checker
  }

  /// Most copies that are kept for one document.
  private static let checkpointLimit = 16

  /// Most findings that are kept; editors become slow long before people read them.
  private static let findingLimit = 2000

  private var checkpoints: [Checkpoint]
  private var checker: Checker
  private var nextBlock = 0
  /// The findings, once they are complete.
  private(set) var diagnostics: [Diagnostic]?

  init() {
    checker = Checker(options: LintOptions(limit: Self.findingLimit, obeysComments: true))
    checkpoints = [Checkpoint(block: 0, checker: checker)]
  }

  /// Whether there is nothing left to do.
  var isComplete: Bool { diagnostics != nil }

  /// Forgets what an edit made void.
  ///
  /// - Parameter block: The first block that the edit touched.
  mutating func invalidate(from block: Int) {
    diagnostics = nil
    if block >= nextBlock { return }
    while checkpoints.count > 1, let last = checkpoints.last, last.block > block {
      checkpoints.removeLast()
    }
    guard let last = checkpoints.last else { return }
    checker = last.checker
    nextBlock = last.block
  }

  /// Checks some blocks more.
  mutating func advance(_ buffer: TextBuffer, _ outline: Outline, blocks limit: Int) {
    guard diagnostics == nil else { return }
    let end = min(buffer.blocks.count, nextBlock + limit)
    let spacing = max(4, buffer.blocks.count / Self.checkpointLimit)
    while nextBlock < end {
      if let last = checkpoints.last, nextBlock - last.block >= spacing {
        checkpoints.append(Checkpoint(block: nextBlock, checker: checker))
      }
      Self.check(nextBlock, of: buffer, outline, &checker)
      nextBlock += 1
    }
    guard nextBlock == buffer.blocks.count else { return }
    var last = checker
    last.finish(outline.exit)
    diagnostics = last.diagnostics
  }

  private static func check(
    _ index: Int,
    of buffer: TextBuffer,
    _ outline: Outline,
    _ checker: inout Checker
  ) {
    var state = outline.entries[index]
    buffer.forEachStatement(inBlock: index, &state) { view, bytes, lowering in
      if view.isUnreached {
        checker.visitUnreached(view.statement, view.piece, of: view.line, in: bytes)
      } else {
        checker.visit(view.statement, view.item, view.piece, of: view.line, in: bytes, lowering)
      }
      return true
    }
  }
}
