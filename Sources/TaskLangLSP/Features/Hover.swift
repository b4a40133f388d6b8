import TaskLang

/// What is shown beside the pointer.
struct Hover {
  /// What it is about, in bytes of the document.
  let range: Range<Int>
  let text: RichText

  /// Longest command that is shown whole, in bytes.
  private static let commandLimit = 16 * 1024

  /// Looks at a byte; `nil` where there is nothing to say.
  init?(at offset: Int, in document: Document) {
    guard let (view, bytes, lowering) = document.statement(at: offset) else { return nil }
    let place = offset - view.line.offset
    if let (range, name) = Variable.name(at: place, in: bytes, within: view.piece) {
      guard let variable = Variable.named(name) else { return nil }
      self.range = view.document(range)
      text = variable.explanation(in: view, VariableReading(of: range, in: view, bytes, lowering))
      return
    }
    if case .comment = view.statement {
      guard let word = SuppressionText.selector(at: place, in: bytes, within: view.piece),
        let page = SuppressionText.explanation(of: String(decoding: bytes[word], as: UTF8.self))
      else { return nil }
      range = view.document(word)
      text = page
      return
    }
    range = view.range
    var text = RichText()
    switch view.statement {
    case .blank, .comment: return nil
    case .unknownDirective:
      text.paragraph("Not a directive: the line is dropped, and no PERENGINE may follow it.")
    case .task:
      Self.describe(view, bytes, lowering, &text)
    case .directive(let directive):
      Self.describe(directive, view, bytes, lowering, document, &text)
    }
    self.text = text
  }

  /// The command that bash gets, the parts it is made of, and which task it is.
  private static func describe(
    _ view: StatementView,
    _ bytes: [UInt8],
    _ lowering: Lowering,
    _ text: inout RichText
  ) {
    guard let body = view.body else { return }
    if view.isUnreached {
      text.paragraph("Never run: a PERENGINE above stands behind the first task and ends the file.")
      return
    }
    let command = lowering.prefix.bytes + bytes[body] + lowering.suffix.bytes
    text.code(shown(command), language: "sh")
    var rows: [(name: String, code: String)] = []
    if let origin = lowering.prefix.origin, !lowering.prefix.bytes.isEmpty {
      rows.append(("PREFIX, line \(origin.span.start.line)", shown(lowering.prefix.bytes)))
    }
    rows.append(("line \(view.line.number)", shown(Array(bytes[body]))))
    if let origin = lowering.suffix.origin, !lowering.suffix.bytes.isEmpty {
      rows.append(("SUFFIX, line \(origin.span.start.line)", shown(lowering.suffix.bytes)))
    }
    if rows.count > 1 { text.rows(rows) }
    if let summary = PlanText.summary(of: view) { text.paragraph(summary) }
  }

  private static func describe(
    _ directive: Directive,
    _ view: StatementView,
    _ bytes: [UInt8],
    _ lowering: Lowering,
    _ document: Document,
    _ text: inout RichText
  ) {
    switch directive {
    case .prefix(let affix), .suffix(let affix):
      let name = if case .prefix = directive { "PREFIX" } else { "SUFFIX" }
      text.code("#DISBATCH \(name) text", language: "sh")
      text.paragraph(
        "From here on, `text` is put \(name == "PREFIX" ? "in front of" : "behind") every command, "
          + "byte for byte, blanks too. A later \(name) replaces it."
      )
      if affix.text.isEmpty {
        text.paragraph("This one clears it.")
      } else if let last = bytes[affix.text].last, last == 0x20 || last == 0x09 {
        text.paragraph("This one ends with a blank, which counts.")
      }
      let scope = AffixScope(of: view, in: document)
      text.paragraph(scope.summary)
    case .repeatTasks:
      describe(view, bytes, lowering, &text)
      text.code("#DISBATCH REPEAT n [start s] [step t] [command]", language: "sh")
    case .perEngine(let item):
      describe(view, bytes, lowering, &text)
      text.paragraph(
        item.moment == .start
          ? "Run on each engine as it joins, before it takes tasks."
          : "Run on each engine as it leaves."
      )
    case .barrier(let barrier):
      text.paragraph("Nothing below starts before everything above has ended.")
      if barrier.check != nil {
        text.paragraph("The run ends here if a task has failed since the last barrier.")
      }
      if let key = barrier.key, !key.isEmpty {
        let shown = String(decoding: bytes[key], as: UTF8.self)
        text.paragraph("`\(shown)` is put to the key-value server when the barrier is met.")
      }
      if let summary = PlanText.summary(of: view) { text.paragraph(summary) }
    }
  }

  private static func shown(_ bytes: [UInt8]) -> String {
    if bytes.count <= commandLimit { return String(decoding: bytes, as: UTF8.self) }
    let start = String(decoding: bytes.prefix(commandLimit), as: UTF8.self)
    return "\(start) ... and \(bytes.count - commandLimit) bytes more"
  }
}
