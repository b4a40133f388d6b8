import TaskLang

/// Where something that is said in one place has its effect.
struct Uses: Sendable {
  /// Where it is said.
  var declarations: [Range<Int>] = []
  /// Where it takes effect.
  var places: [Range<Int>] = []

  /// Most places that are listed.
  private static let limit = 10_000

  /// The uses of what stands at a byte: a PREFIX or SUFFIX, or one of our variables.
  static func uses(at offset: Int, in document: Document) -> Uses {
    guard let (view, bytes, _) = document.statement(at: offset) else { return Uses() }
    if let (_, name) = Variable.name(
      at: offset - view.line.offset,
      in: bytes,
      within: view.piece
    ) {
      return uses(ofVariable: name, in: document)
    }
    switch view.statement {
    case .directive(.prefix(let affix)), .directive(.suffix(let affix)):
      return uses(of: view, text: affix.text, in: document)
    case .blank, .comment, .task, .unknownDirective, .directive: return Uses()
    }
  }

  private static func uses(
    of view: StatementView,
    text: Range<Int>,
    in document: Document
  ) -> Uses {
    var uses = Uses(declarations: [view.document(text)])
    document.forEachStatement(in: AffixScope(of: view, in: document).range) { statement, _, _ in
      // A REPEAT of none and what follows the plan's end make no command.
      switch statement.item {
      case .task, .repeated, .perEngine:
        if let body = statement.body { uses.places.append(statement.document(body)) }
      case .nothing, .barrier, .end: break
      }
      return uses.places.count < limit
    }
    return uses
  }

  private static func uses(ofVariable name: String, in document: Document) -> Uses {
    var uses = Uses()
    let wanted = Array(name.utf8)
    for (index, block) in document.buffer.blocks.enumerated() {
      let start = document.buffer.starts[index].offset
      for place in VariableScan.names(in: block.bytes) where uses.places.count < limit {
        if block.bytes[place].elementsEqual(wanted) {
          uses.places.append(start + place.lowerBound..<start + place.upperBound)
        }
      }
    }
    return uses
  }
}
