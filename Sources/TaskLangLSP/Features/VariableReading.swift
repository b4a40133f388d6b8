import TaskLang

/// What bash makes of the name of a variable that stands in a command.
enum VariableReading: Sendable, Hashable {
  /// The value is put in its place.
  case value
  /// It is a word like any other, or what is assigned to.
  case text
  /// It stands between single quotes or behind a backslash.
  case quoted
  /// It stands behind `#`.
  case comment

  /// Looks at a name in the line of a statement.
  ///
  /// In a PREFIX and in what cannot be parsed a name with `$` in front is taken for a read.
  init(
    of name: Range<Int>,
    in view: StatementView,
    _ bytes: [UInt8],
    _ lowering: borrowing Lowering
  ) {
    guard let body = view.body, body.lowerBound <= name.lowerBound,
      name.upperBound <= body.upperBound
    else {
      self = Self.hasDollar(name, bytes) ? .value : .text
      return
    }
    var tree = CommandTree()
    tree.read(view, body, in: bytes.span, lowering)
    guard tree.isWhole else {
      self = Self.hasDollar(name, bytes) ? .value : .text
      return
    }
    let shift = tree.bodyStart - body.lowerBound
    let place = name.lowerBound + shift
    if let comment = tree.parser.comment, comment.contains(place) {
      self = .comment
      return
    }
    var kinds: [ShellNodeKind] = []
    var level = [tree.parser.root]
    while let index = level.popLast() {
      let node = tree.parser.nodes[Int(index)]
      // A `\$` ends in front of the name.
      let isEscaped = node.kind == .escape && node.range.upperBound == place
      if isEscaped || node.range.contains(place) { kinds.append(node.kind) }
      level += tree.children(of: index)
    }
    if kinds.contains(where: { [.singleQuoted, .ansiQuoted, .escape].contains($0) }) {
      self = .quoted
    } else if kinds.contains(where: { [.parameter, .arithmetic, .arithmeticCommand].contains($0) })
    {
      self = .value
    } else {
      // A `\` between double quotes is no node.
      self = Self.hasDollar(name, bytes) ? .quoted : .text
    }
  }

  private static func hasDollar(_ name: Range<Int>, _ bytes: [UInt8]) -> Bool {
    let before = name.lowerBound - 1
    guard before >= 0 else { return false }
    return bytes[before] == UInt8(ascii: "$")
      || (bytes[before] == UInt8(ascii: "{") && before > 0
        && bytes[before - 1] == UInt8(ascii: "$"))
  }
}
