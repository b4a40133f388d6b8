/// DB901, DB902 and DB903: comments that are to suppress findings.
struct SuppressionComments: Sendable {
  private var hasStatement = false

  /// Looks at a statement, before any rule does.
  mutating func note(
    _ statement: Statement,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    switch statement {
    case .blank: return
    case .comment:
      guard let start = SuppressionComment.start(in: piece, of: bytes) else { return }
      do throws(SuppressionComment.Fault) {
        let comment = try SuppressionComment(startingAt: start, in: piece, of: bytes)
        note(comment, of: line, in: bytes, &findings)
      } catch {
        report(error, of: line, in: bytes, &findings)
      }
    case .task, .directive, .unknownDirective:
      hasStatement = true
      findings.suppressions.reachLine(line.number)
    }
  }

  private func note(
    _ comment: SuppressionComment,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    if comment.verb == .ignoreFile, hasStatement {
      malformed(
        comment.place,
        "`ignore-file` must stand in front of tasks and directives",
        line,
        bytes,
        "write `disable` for what stands behind it",
        &findings
      )
      return
    }
    for (index, place) in comment.selectors.enumerated() {
      let text = bytes.text(place)
      let codes = DiagnosticCode.selected(by: text)
      if codes.isEmpty {
        reportUnknown(place, text, of: line, in: bytes, &findings)
      } else if findings.suppressions.entries.count >= Suppressions.limit {
        malformed(
          place,
          "more than \(Suppressions.limit) codes are suppressed; this has no effect",
          line,
          bytes,
          "suppress them with `ignore-file` or `disable`",
          &findings
        )
      } else {
        findings.suppress(
          Suppressions.Entry(
            verb: comment.verb,
            text: text,
            place: line.label(place, in: bytes),
            fix: removal(of: index, in: comment, of: line, in: bytes)
          ),
          for: codes,
          line: line.number
        )
      }
    }
  }

  /// Takes one word out of a comment, or all that the comment asks for with its last word.
  private func removal(
    of index: Int,
    in comment: SuppressionComment,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> FixIt {
    let words = comment.selectors
    let range =
      if words.count == 1 {
        comment.place
      } else if index == 0 {
        words[0].lowerBound..<words[1].lowerBound
      } else {
        words[index - 1].upperBound..<words[index].upperBound
      }
    return FixIt(
      message: words.count == 1 ? "make it an ordinary comment" : "take it out of the list",
      applicability: .safe,
      edits: [line.edit(range, in: bytes, to: [])]
    )
  }

  /// Looks back from the end of the input.
  func finish(_ findings: inout Findings) {
    for entry in findings.suppressions.entries where !entry.isUsed {
      let codes = DiagnosticCode.selected(by: entry.text)
      let isLooked = codes.contains { findings.options.reports($0) }
      // What is not looked for cannot be missed, unless it was expected.
      // Nor can what a program would have said that was not asked.
      if codes == [.shellcheck], !isLooked { continue }
      guard isLooked || entry.verb == .expect || entry.verb == .enable else { continue }
      findings.add(.unusedSuppression) {
        let message =
          switch entry.verb {
          case .expect: "`\(entry.text)` was expected here and is not found"
          case .enable: "`\(entry.text)` is not disabled here"
          case .ignore, .disable, .ignoreFile: "there is no `\(entry.text)` to suppress here"
          }
        return Diagnostic(.unusedSuppression, message, at: entry.place, fixes: [entry.fix])
      }
    }
  }

  private func reportUnknown(
    _ place: Range<Int>,
    _ text: String,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    findings.add(.unknownCode) {
      let nearest = Suggestion.nearest(to: text.utf8, among: DiagnosticCode.selectors)
      return Diagnostic(
        .unknownCode,
        "there is no finding \(bytes.quoted(place))",
        at: line.label(place, in: bytes),
        help: nearest == nil ? ["`disbatch explain --all` lists the codes"] : [],
        fixes: nearest.map { nearest in
          [
            FixIt(
              message: "did you mean `\(nearest)`?",
              applicability: .unsafe,
              edits: [line.edit(place, in: bytes, to: Array(nearest.utf8))]
            )
          ]
        } ?? []
      )
    }
  }

  private func report(
    _ fault: SuppressionComment.Fault,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let verbs = SuppressionComment.Verb.allCases.map(\.rawValue)
    switch fault {
    case .unknownVerb(let place):
      let nearest = Suggestion.nearest(to: bytes.copy(place), among: verbs)
      malformed(
        place,
        "\(bytes.quoted(place)) says nothing about findings",
        line,
        bytes,
        nearest.map { "did you mean `\($0)`?" }
          ?? "write one of \(verbs.joined(separator: ", ")), and codes in brackets",
        &findings
      )
    case .missingList(let verb, let place):
      malformed(
        place,
        "`\(verb.rawValue)` needs a list of codes in brackets",
        line,
        bytes,
        "write `\(verb.rawValue)[DB203]`, the bracket directly behind the word",
        &findings
      )
    case .openList(let place):
      malformed(
        place,
        "this list of codes has no end",
        line,
        bytes,
        "put commas between the codes and `]` behind them",
        &findings
      )
    case .emptyList(let place):
      malformed(
        place,
        "this list of codes is empty",
        line,
        bytes,
        "name the codes that are to be suppressed",
        &findings
      )
    }
  }

  private func malformed(
    _ place: Range<Int>,
    _ message: String,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ help: String,
    _ findings: inout Findings
  ) {
    findings.add(.malformedSuppression) {
      Diagnostic(
        .malformedSuppression,
        message,
        at: line.label(place, in: bytes),
        notes: ["the comment has no effect"],
        help: [help]
      )
    }
  }
}
