import TaskLang

/// The comments that speak to the checks, as text that is pointed at or being written.
enum SuppressionText {
  /// The word of a list of codes that a byte of a line is part of.
  static func selector(
    at place: Int,
    in line: [UInt8],
    within piece: Range<Int>
  ) -> Range<Int>? {
    guard let start = SuppressionComment.start(in: piece, of: line.span) else { return nil }
    do throws(SuppressionComment.Fault) {
      let comment = try SuppressionComment(startingAt: start, in: piece, of: line.span)
      return comment.selectors.first { $0.lowerBound <= place && place <= $0.upperBound }
    } catch {
      return nil
    }
  }

  /// What is shown beside a word of such a list: the page of a code, or what a family stands for.
  static func explanation(of selector: String) -> RichText? {
    let codes = DiagnosticCode.selected(by: selector)
    guard let first = codes.first else { return nil }
    var text = RichText()
    if codes.count == 1 {
      text.page(markdown: page(of: first, .markdown), plain: page(of: first, .text))
      return text
    }
    text.paragraph("The family `\(selector)`:")
    text.rows(codes.map { (name: $0.rawValue, code: $0.name) })
    return text
  }

  /// The page of a code.
  static func page(of code: DiagnosticCode, _ format: ExplainFormat) -> String {
    var page: [UInt8] = []
    ExplainWriter(format: format).append(code, to: &page)
    return String(decoding: page, as: UTF8.self)
  }

  /// What may be written in such a comment.
  ///
  /// - Parameters:
  ///   - written: The line up to the cursor.
  ///   - offset: The cursor, in bytes of the document.
  /// - Returns: The items; nil where there is no such comment.
  static func completion(behind written: String, at offset: Int) -> [CompletionItem]? {
    let text = written.drop { $0 == " " || $0 == "\t" }
    guard text.hasPrefix("#") else { return nil }
    let rest = text.dropFirst().drop { $0 == " " || $0 == "\t" }
    guard rest.hasPrefix("disbatch:") else { return nil }
    let behind = rest.dropFirst("disbatch:".count).drop { $0 == " " }
    guard let bracket = behind.firstIndex(of: "[") else {
      return verbs(behind, offset)
    }
    guard !behind.contains("]") else { return [] }
    let last =
      behind[behind.index(after: bracket)...].split(
        separator: ",",
        omittingEmptySubsequences: false
      ).last ?? ""
    return codes(last.drop { $0 == " " }, offset)
  }

  private static func verbs(_ typed: Substring, _ offset: Int) -> [CompletionItem] {
    SuppressionComment.Verb.allCases.filter { $0.rawValue.hasPrefix(typed) }.map { verb in
      CompletionItem(
        label: verb.rawValue,
        kind: .keyword,
        detail: detail(of: verb),
        text: verb.rawValue + "[",
        range: offset - typed.utf8.count..<offset
      )
    }
  }

  private static func codes(_ typed: Substring, _ offset: Int) -> [CompletionItem] {
    DiagnosticCode.allCases.filter { code in
      code.rawValue.hasPrefix(typed.uppercased()) || code.name.contains(typed.lowercased())
    }.map { code in
      CompletionItem(
        label: code.rawValue,
        kind: .value,
        detail: code.name,
        text: code.rawValue,
        filter: "\(code.rawValue) \(code.name)",
        range: offset - typed.utf8.count..<offset
      )
    }
  }

  private static func detail(of verb: SuppressionComment.Verb) -> String {
    switch verb {
    case .ignore: "not in the next line"
    case .expect: "not in the next line, where it has to be found"
    case .disable: "not from here on"
    case .enable: "from here on again"
    case .ignoreFile: "not in this file"
    }
  }
}
