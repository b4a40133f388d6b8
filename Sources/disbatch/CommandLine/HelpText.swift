/// Help texts, made from the option tables so that they cannot differ from what is accepted.
enum HelpText {
  private static let width = 80
  private static let column = 30

  /// Help of one command: usage, what it does, its options in groups.
  static func text(usage: [String], about: String, _ table: [Option], footer: String = "") -> String
  {
    var text = "usage: " + usage.joined(separator: "\n       ") + "\n\n"
    text += wrapped(about, indent: 0).joined(separator: "\n") + "\n"
    for group in Option.Group.allCases {
      let rows = table.filter { $0.group == group && $0.help != nil }
      if rows.isEmpty { continue }
      text += "\n\(group.rawValue):\n"
      for row in rows { text += line(of: row) }
    }
    return footer.isEmpty ? text : text + "\n" + footer + "\n"
  }

  private static func line(of option: Option) -> String {
    let value =
      switch option.value {
      case .none: ""
      case .required(let meta): " \(meta)"
      case .optional(let meta): " [\(meta)]"
      }
    let short = option.short.map { "-\($0), " } ?? "    "
    let head = "  \(short)--\(option.name)\(value)"
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
