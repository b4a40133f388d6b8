/// Text with code in it, as Markdown or plain.
struct RichText: Sendable {
  private enum Part: Sendable {
    case paragraph(String)
    case code(String, language: String)
    case rows([(name: String, code: String)])
    case page(markdown: String, plain: String)
  }

  private var parts: [Part] = []

  /// Appends a paragraph; what stands between backticks is code.
  mutating func paragraph(_ text: String) { parts.append(.paragraph(text)) }

  /// Appends a block of code.
  mutating func code(_ text: String, language: String) {
    parts.append(.code(text, language: language))
  }

  /// Appends a list of names with code beside each.
  mutating func rows(_ rows: [(name: String, code: String)]) {
    if !rows.isEmpty { parts.append(.rows(rows)) }
  }

  /// Appends text that is there in both forms.
  mutating func page(markdown: String, plain: String) {
    parts.append(.page(markdown: markdown, plain: plain))
  }

  /// The text in CommonMark.
  var markdown: String {
    parts.map { part in
      switch part {
      case .paragraph(let text): text
      case .code(let text, let language): Self.fenced(text, language)
      case .rows(let rows):
        rows.map { "- \($0.name): \(Self.span($0.code))" }.joined(separator: "\n")
      case .page(let markdown, _): markdown
      }
    }.joined(separator: "\n\n") + "\n"
  }

  /// The text without any marks.
  var plain: String {
    parts.map { part in
      switch part {
      case .paragraph(let text): text
      case .code(let text, _): text
      case .rows(let rows): rows.map { "\($0.name): \($0.code)" }.joined(separator: "\n")
      case .page(_, let plain): plain
      }
    }.joined(separator: "\n\n") + "\n"
  }

  /// A fence is longer than any run of backticks within it.
  private static func fenced(_ text: String, _ language: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: text) + 1))
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }

  /// One blank at each side is taken off by the reader where both are there.
  private static func span(_ text: String) -> String {
    let ticks = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let needsPad = text.first == "`" || text.last == "`" || (text.first == " " && text.last == " ")
    return needsPad ? "\(ticks) \(text) \(ticks)" : ticks + text + ticks
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for each in text {
      run = each == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
