/// Finds out whether values may stand in a command for the DISBATCH variables that it names.
///
/// What is proven, from the text alone: bash does the same with the written line, as a plain task, as
/// it does with the command as the plan has it. That takes
///
/// - that every mention of the task id, the line number and the repeat index is a plain read,
///   `$NAME` or `${NAME}` in a word or in double quotes, or in simple arithmetic, and so no mention
///   is quoted, assigned to, or left to `eval`, a sourced file or another shell;
/// - that digits in its place mean what the expansion of the variable meant there: they are not
///   split (no IFS is set), not joined to a redirection, a brace expansion, a tilde, an assignment or
///   the name of a variable in front;
/// - that nothing looks at the text of the command itself (`$BASH_COMMAND`, `set -x`, `/proc`), but for
///   what bash writes of a process that a signal killed;
/// - for a REPEAT, that the command sees the index in its environment, which a plain task has not. Any
///   program may look there, so such a line begins with `export`; only where nothing but builtins of
///   bash run, that cannot look, it does without.
///
/// Taken for granted is that what comes from outside of the command, its environment and its files,
/// does not assign to a DISBATCH variable. What is not proven stays as it is. That an expansion has
/// line numbers of its own is no matter of this: programs that read DISBATCH_STREAM_INDEX from their
/// environment find that of the new file, with `--inline` and without.
struct Inliner {
  private static let marker: StaticString = "DISBATCH_"
  /// What may be read of the command's own text, or changes how words are split.
  private static let obstacles: [StaticString] = [
    "IFS", "BASH_EXECUTION_STRING", "BASH_COMMAND", "/proc/",
  ]
  /// Room for `export` and for values longer than the names they replace.
  private static let reserve = 1024

  var parser = ShellParser()
  var survey = ShellSurvey()
  /// Whether a REPEAT makes the command; else the repeat index is left alone.
  let isRepeated: Bool
  private(set) var places: [InlineTemplate.Place] = []

  private init(isRepeated: Bool) { self.isRepeated = isRepeated }

  /// What stands in the place of a command; nil where it is to stay as it is.
  ///
  /// - Parameters:
  ///   - command: The joined text.
  ///   - isRepeated: Whether a REPEAT makes the task.
  /// - Returns: The command with places for values, of which a plain task has at least one.
  /// - Complexity: O(length of the command).
  static func template(of command: [UInt8], isRepeated: Bool) -> InlineTemplate? {
    let hasMention = command.span.contains(marker, in: 0..<command.count)
    guard isRepeated || hasMention, command.count + reserve < ShellParser.lengthLimit,
      !obstacles.contains(where: { command.span.contains($0, in: 0..<command.count) })
    else { return nil }
    var inliner = Inliner(isRepeated: isRepeated)
    guard case .accepted = inliner.parser.parse({ $0 += command }), inliner.parser.doubt == nil,
      inliner.parser.root >= 0, inliner.parser.comment == nil
    else { return nil }
    inliner.survey.take(inliner.parser)
    guard inliner.isTransparent else { return nil }
    inliner.collect(inliner.parser.root, word: -1, isOpen: false)
    inliner.places.sort { $0.range.lowerBound < $1.range.lowerBound }
    let needsEnvironment = isRepeated && !inliner.runsOnlyBuiltins
    // A REPEAT without a value to show is not made clearer by `export`.
    let isWorthIt = !inliner.places.isEmpty || isRepeated && !needsEnvironment
    guard isWorthIt, inliner.coversAllMentions else { return nil }
    return InlineTemplate(
      text: command,
      places: inliner.places,
      needsEnvironment: needsEnvironment
    )
  }

  /// Whether a value may stand for a variable at all.
  private func isInlined(_ variable: DisbatchVariable) -> Bool {
    variable.parts.contains(.task) || variable.parts.contains(.line)
      || isRepeated && variable.parts.contains(.repeatIndex)
  }

  /// Whether every mention of a variable is among the places, or of one that is left alone.
  private var coversAllMentions: Bool {
    let text = parser.text.span
    var known = places.makeIterator()
    var next = known.next()
    var index = 0
    while index < text.count {
      guard text.starts(with: Self.marker, at: index, end: text.count) else {
        index += 1
        continue
      }
      while let place = next, place.range.upperBound <= index { next = known.next() }
      let end = parser.nameEnd(from: index)
      if let place = next, place.range.contains(index) {
        index = end
        continue
      }
      guard let variable = DisbatchVariable(parser, index..<end), !isInlined(variable) else {
        return false
      }
      index = end
    }
    return true
  }

  /// Gathers the reads of a stretch of the tree.
  ///
  /// - Parameters:
  ///   - index: The node.
  ///   - word: The innermost word or assignment around it; -1 for none.
  ///   - isOpen: Whether what stands here belongs to that word or to double quotes in it.
  private mutating func collect(_ index: Int32, word: Int32, isOpen: Bool) {
    let node = parser.node(index)
    var (innerWord, isInnerOpen) = (word, false)
    switch node.kind {
    case .word, .assignment: (innerWord, isInnerOpen) = (index, true)
    case .doubleQuoted: isInnerOpen = isOpen && parser.text[Int(node.start)] == UInt8(ascii: "\"")
    case .parameter where isOpen: take(parameter: node, in: parser.node(word))
    case .arithmetic where isOpen: take(arithmetic: node)
    default: break
    }
    var child = node.firstChild
    while child >= 0 {
      collect(child, word: innerWord, isOpen: isInnerOpen)
      child = parser.node(child).nextSibling
    }
  }

  private mutating func take(parameter node: ShellNode, in word: ShellNode) {
    let (start, end) = (Int(node.start), Int(node.end))
    let name = node.mark == .braced ? start + 2..<end - 1 : start + 1..<end
    guard name.lowerBound < name.upperBound, let variable = DisbatchVariable(parser, name),
      isInlined(variable), !changesMeaning(start..<end, in: word)
    else { return }
    places.append(InlineTemplate.Place(range: start..<end, variable: variable))
  }

  /// Whether digits would be read as something else than what a variable expands to.
  private func changesMeaning(_ range: Range<Int>, in word: ShellNode) -> Bool {
    let text = parser.text
    if range.upperBound < text.count {
      let next = text[range.upperBound]
      if next == UInt8(ascii: "<") || next == UInt8(ascii: ">") { return true }
    }
    var name = range.lowerBound
    while name > Int(word.start), ASCII.continuesName(text[name - 1]) { name -= 1 }
    if name < range.lowerBound, name > 0, text[name - 1] == UInt8(ascii: "$") { return true }
    var isBehindName = range.lowerBound > Int(word.start)
    for index in word.range {
      switch text[index] {
      case UInt8(ascii: "~"): return true
      case UInt8(ascii: "{") where index == 0 || text[index - 1] != UInt8(ascii: "$"): return true
      default: break
      }
      if index < range.lowerBound, !ASCII.continuesName(text[index]) { isBehindName = false }
    }
    let rest = range.upperBound..<Int(word.end)
    return isBehindName
      && rest.contains { text[$0] == UInt8(ascii: "=") || text[$0] == UInt8(ascii: "[") }
  }

  private mutating func take(arithmetic node: ShellNode) {
    guard parser.text[Int(node.start) + 1] == UInt8(ascii: "(") else { return }
    let found = InlineArithmetic.reads(in: node.range.dropFirst(3).dropLast(2), parser)
    places += found.filter { isInlined($0.variable) }
  }
}
