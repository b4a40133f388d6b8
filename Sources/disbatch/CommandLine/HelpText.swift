/// Help texts, made from the option tables so that they cannot differ from what is accepted.
enum HelpText {
  private static let width = 80
  private static let column = 30

  /// Help of one command: usage, what it does, its options in groups.
  ///
  /// - Parameters:
  ///   - usage: The command lines there are.
  ///   - about: What it does; is wrapped.
  ///   - examples: Command lines, and what each is for.
  ///   - table: Its options.
  ///   - footer: What stands below; is wrapped.
  /// - Returns: Lines of at most 80 columns.
  static func text(
    usage: [String],
    about: String,
    examples: [(line: String, purpose: String)] = [],
    _ table: [Option],
    footer: String = ""
  ) -> String {
    var text = "usage: " + usage.joined(separator: "\n       ") + "\n\n"
    text += wrapped(about, indent: 0).joined(separator: "\n") + "\n"
    if !examples.isEmpty { text += "\n" }
    let width = examples.map(\.line.count).max() ?? 0
    for (line, purpose) in examples {
      let pad = String(repeating: " ", count: width - line.count + 2)
      text += "  \(line)\(pad)\(purpose)\n"
    }
    for group in Option.Group.allCases {
      let rows = table.filter { $0.group == group && $0.help != nil }
      if rows.isEmpty { continue }
      text += "\n\(group.rawValue):\n"
      for row in rows { text += line(of: row) }
    }
    if footer.isEmpty { return text }
    return text + "\n" + wrapped(footer, indent: 0).joined(separator: "\n") + "\n"
  }

  private static func line(of option: Option) -> String {
    let value =
      switch option.value {
      case .none: ""
      case .required(let meta): " \(meta)"
      case .optional(let meta): " [\(meta)]"
      case .joined(let meta): "[=\(meta)]"
      }
    let short = option.short.map { "-\($0), " } ?? "    "
    let head = "  \(short)\(option.name)\(value)"
    let help = wrapped(option.help ?? "", indent: column)
    let pad = String(repeating: " ", count: max(0, column - head.count))
    if head.count < column - 1 {
      return head + pad + help.joined(separator: "\n").drop { $0 == " " } + "\n"
    }
    return head + "\n" + help.joined(separator: "\n") + "\n"
  }

  /// Words in lines of at most `width` columns, each behind `indent` blanks.
  private static func wrapped(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > width, line.count > indent {
        lines.append(line)
        line = margin
      }
      line += (line.count > indent ? " " : "") + word
    }
    return lines + [line]
  }
}
