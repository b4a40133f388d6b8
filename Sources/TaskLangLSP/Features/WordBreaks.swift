import TaskLang

/// Where a command may be parted without a cut through a word, quotes, a redirection or an operator.
struct WordBreaks {
  private let parser: ShellParser
  private let line: [UInt8]
  private let start: Int

  /// The nodes between whose children a cut is none through them.
  private static let parted: [ShellNodeKind] = [.list, .pipeline, .simple, .subshell, .group]

  /// Reads a line; nil where bash would refuse the command, or might.
  init?(in line: [UInt8], prefix: [UInt8], suffix: [UInt8]) {
    var parser = ShellParser()
    guard parser.parse({ $0 += prefix + line + suffix }) == .accepted, parser.root >= 0 else {
      return nil
    }
    self.parser = parser
    self.line = line
    start = prefix.count
  }

  /// The last place in the line, not behind `limit`, that follows a blank and lies in no word.
  func last(upTo limit: Int) -> Int {
    var place = limit
    while place > 0 {
      if line[place - 1] == 0x20, isBreak(start + place) { return place }
      place -= 1
    }
    return 0
  }

  private func isBreak(_ place: Int) -> Bool {
    if let comment = parser.comment, comment.lowerBound < place { return false }
    return !parser.nodes.contains { node in
      node.range.lowerBound < place && place < node.range.upperBound
        && !Self.parted.contains(node.kind)
    }
  }

  /// Whether the shell puts a value in the place of the variable that a line names at a byte.
  static func expands(_ place: Int, in line: [UInt8], prefix: [UInt8], suffix: [UInt8]) -> Bool {
    guard let breaks = WordBreaks(in: line, prefix: prefix, suffix: suffix) else { return false }
    let start = breaks.start + place
    let around = breaks.parser.nodes.filter {
      $0.range.lowerBound <= start && start < $0.range.upperBound
    }
    return around.contains { $0.kind == .parameter && $0.range.lowerBound == start }
      && !around.contains {
        [.condition, .arithmeticCommand, .arithmetic, .backquoted, .subscriptGroup].contains(
          $0.kind
        )
      }
  }
}
