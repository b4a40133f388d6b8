extension ShellOutlines {
  /// Learns what holds for lines like the current one, which has been parsed and checked.
  ///
  /// - Parameters:
  ///   - parser: The parser behind the line.
  ///   - survey: What was found in its tree.
  ///   - site: Where the text comes from.
  ///   - isUncaptured: Whether its output is discarded.
  ///   - recurrences: The findings that it is a further case of, all that it has.
  ///   - notes: The findings that an observer notes.
  mutating func learn(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    isUncaptured: Bool,
    recurrences: [Int],
    notes: [ShellNote]
  ) {
    guard agrees(with: parser, site), let (files, labels) = files(parser, survey, site),
      let (folder, names) = folders(parser, survey, site)
    else { return }
    // What the tasks of a REPEAT write turns on its numbers.
    if case .repeated = site.occasion, !files.isEmpty { return }
    remember(
      Entry(
        outline,
        files: files,
        labels: labels,
        folder: folder,
        folderNames: names,
        isUncaptured: isUncaptured,
        recurrences: recurrences,
        notes: notes
      )
    )
  }

  /// Whether the words and redirections of the tree are those of the outline.
  ///
  /// They are not where PREFIX leaves something open that gives words another meaning, as a quote, the
  /// list of a `for`, `[[` or the name of a command whose arguments count.
  private func agrees(with parser: borrowing ShellParser, _ site: ShellSite) -> Bool {
    var pieces: [ShellOutline.Piece] = []
    let body = Int32(site.bodyStart)..<Int32(site.bodyEnd)
    for index in parser.nodes.indices {
      let node = parser.nodes[index]
      switch node.kind {
      case .simple:
        if node.start < body.lowerBound, node.end > body.lowerBound,
          !startAgrees(with: Int32(index), parser)
        {
          return false
        }
        take(node, parser, body, &pieces)
      case .subshell, .group, .ifClause, .forClause, .selectClause, .whileClause, .caseClause,
        .condition, .arithmeticCommand, .function:
        take(node, parser, body, &pieces)
      default: break
      }
    }
    pieces.sort { $0.start < $1.start }
    let own = outline.pieces.filter { $0.end > body.lowerBound }
    return pieces.count == own.count
      && zip(pieces, own).allSatisfy { tree, own in
        tree.start == own.start && tree.end == own.end
          && (tree.role == own.role
            || (tree.role == .word && (own.role == .folder || own.role == .output)))
      }
  }

  /// Whether the words of a command that PREFIX begins are written down as its name asks.
  private func startAgrees(with simple: Int32, _ parser: borrowing ShellParser) -> Bool {
    guard let word = parser.words(of: simple).first,
      parser.node(word).range.upperBound <= start.index
    else { return true }
    let kind =
      parser.commandName(of: simple).map {
        outline.known.arguments(behind: $0, of: parser.text.span)
      } ?? .ofUnknown
    let unread: [ShellArguments] = [.ofUnknown, .unread]
    return kind == start.state.arguments
      || (unread.contains(kind) && unread.contains(start.state.arguments))
  }

  private func take(
    _ command: ShellNode,
    _ parser: borrowing ShellParser,
    _ body: Range<Int32>,
    _ pieces: inout [ShellOutline.Piece]
  ) {
    var child = command.firstChild
    while child >= 0 {
      let node = parser.node(child)
      child = node.nextSibling
      guard node.end > body.lowerBound, node.start < body.upperBound else { continue }
      switch node.kind {
      case .word where command.kind == .simple:
        pieces.append(ShellOutline.Piece(role: .word, start: node.start, end: node.end))
      case .assignment where command.kind == .simple:
        pieces.append(ShellOutline.Piece(role: .assignment, start: node.start, end: node.end))
      case .redirection: take(redirection: node, parser, &pieces)
      default: continue
      }
    }
  }

  private func take(
    redirection node: ShellNode,
    _ parser: borrowing ShellParser,
    _ pieces: inout [ShellOutline.Piece]
  ) {
    pieces.append(ShellOutline.Piece(role: .redirection, start: node.start, end: node.end))
    let role: ShellOutline.Role
    switch node.mark {
    case .output, .append, .clobber, .both, .appendBoth: role = .output
    case .duplicateInput, .duplicateOutput: return
    default: role = .input
    }
    guard node.firstChild >= 0 else { return }
    let word = parser.node(node.firstChild)
    pieces.append(ShellOutline.Piece(role: role, start: word.start, end: word.end))
  }

  /// The files that are written, and where affixes name some of them; nil where one cannot be told by its outline.
  private func files(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite
  ) -> ([File], [Label])? {
    var files: [File] = []
    var labels: [Label] = []
    let none: [UInt8] = []
    var targets: [ShellTarget] = []
    for entry in survey.redirections where !entry.isInFunction {
      if let target = ShellTarget(entry.node, parser) { targets.append(target) }
    }
    for entry in survey.simples where !entry.isInFunction && parser.isCalled(entry.node, ["tee"]) {
      targets += ShellTarget.ofTee(entry.node, parser)
    }
    for target in targets {
      let range = parser.node(target.word).range
      let isNamedByRank = ShellFileNames.isNamedByRank(target, site.occasion)
      if range.lowerBound < site.bodyEnd, range.upperBound > site.bodyStart {
        guard let name = name(at: range.lowerBound, .output) else { return nil }
        files.append(File(target: target, name: name, isNamedByRank: isNamedByRank))
      } else {
        labels.append(site.label(range, in: none.span))
        files.append(File(target: target, label: labels.count - 1, isNamedByRank: isNamedByRank))
      }
    }
    return (files, labels)
  }

  /// The folder that PREFIX goes to and the names of others; nil where that cannot be told.
  private func folders(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite
  ) -> (UInt64?, [Int])? {
    guard let words = ShellFileNames.folderWords(parser, survey) else { return (nil, []) }
    var folder: UInt64 = 0
    var names: [Int] = []
    for word in words {
      let range = parser.node(word).range
      if range.upperBound <= site.bodyStart, names.isEmpty {
        folder = ShellFileNames.enter(range, of: parser.text.span, from: folder)
      } else {
        guard let name = name(at: range.lowerBound, .folder) else { return nil }
        names.append(name)
      }
    }
    return (folder, names)
  }

  private func name(at offset: Int, _ role: ShellOutline.Role) -> Int? {
    outline.names.firstIndex { Int($0.start) == offset && $0.role == role }
  }
}
