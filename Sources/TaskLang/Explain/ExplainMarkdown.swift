/// Pages and the index as Markdown.
enum ExplainMarkdown {
  /// The page of one code, with what `disbatch check` shows for the bad example.
  ///
  /// - Parameters:
  ///   - code: The code.
  ///   - links: Whether other pages stand beside it, to be linked to.
  /// - Returns: The page.
  static func page(of code: DiagnosticCode, links: Bool = true) -> String {
    let page = code.page
    var text = """
      # \(code.rawValue): \(code.name)

      \(ExplainStanding.sentence(of: code))

      ## What it finds

      \(page.summary)

      ## Why it matters

      \(page.why)

      ## How to mend it

      \(page.mend)

      ## Example

      Instead of

      """
    text += "\n" + fenced(page.bad.shown, page.language.rawValue)
    let picture = findings(of: code)
    if !picture.isEmpty {
      text += "\nfor which `disbatch check` says\n\n" + fenced(picture, "text")
    }
    text += "\nwrite\n\n" + fenced(page.good.shown, page.language.rawValue)
    if let legend = page.bad.legend ?? page.good.legend { text += "\n\(legend).\n" }
    if !page.related.isEmpty {
      let codes = page.related.map { code in
        (links ? "[\(code.rawValue)](\(code.rawValue).md)" : code.rawValue) + " \(code.name)"
      }
      text += "\nSee also " + codes.joined(separator: ", ") + ".\n"
    }
    return text
  }

  /// A table of all codes with links to their pages.
  static func index(of codes: [DiagnosticCode]) -> String {
    var text = """
      # Findings

      What `disbatch check` finds, by code. These pages are what `disbatch explain CODE` shows, written
      by `disbatch explain --write-docs Docs/lints`. What is marked opt-in is reported only when
      asked for by code, name or family ([how](../ci.md#findings-that-must-be-asked-for)). DB211 was
      never given to anything.

      | code | name | severity | finds |
      | --- | --- | --- | --- |

      """
    for code in codes {
      let severity =
        code == .shellcheck
        ? "as it says" : code.severity.rawValue + (code.isOptIn ? ", opt-in" : "")
      text +=
        "| [\(code.rawValue)](\(code.rawValue).md) | \(code.name) | \(severity) "
        + "| \(code.page.finds) |\n"
    }
    return text
  }

  private static func fenced(_ text: String, _ language: String) -> String {
    "```\(language)\n\(text)```\n"
  }

  /// The picture of the bad example's first finding.
  private static func findings(of code: DiagnosticCode) -> String {
    let found = code.page.findings(in: code.page.bad, of: code).first { $0.code == code }
    var picture: [UInt8] = []
    if let found {
      let renderer = HumanRenderer(file: code.page.language.fileName, options: RenderOptions())
      renderer.render(found, to: &picture)
    }
    let lines = String(decoding: picture, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let shown = lines.prefix { !$0.isEmpty }
    return shown.map { line in
      line.dropLast(line.reversed().prefix { $0 == " " }.count) + "\n"
    }.joined()
  }
}
