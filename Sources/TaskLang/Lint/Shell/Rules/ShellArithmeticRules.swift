/// DB604: padded numbers where bash calculates, for which a number that begins with 0 is octal.
enum ShellArithmeticRules {
  /// Looks at all places where bash calculates.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard findings.reports(.paddedInArithmetic),
      parser.text.span.contains("_ZP", in: 0..<parser.text.count)
    else { return }
    for place in places(parser, survey) {
      checkText(place, parser, site, in: bytes, &findings)
    }
  }

  /// The stretches that are calculated.
  private static func places(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey
  ) -> [Range<Int>] {
    var places = survey.arithmetics.map { parser.node($0.node).range }
    for index in parser.nodes.indices {
      let node = parser.nodes[index]
      switch node.kind {
      case .condition: places += compared(Int32(index), parser)
      case .subscriptGroup: places.append(node.range)
      case .parameter where node.mark == .braced: places += offsets(Int32(index), parser)
      default: break
      }
    }
    for entry in survey.simples { places += arguments(of: entry.node, parser) }
    return places
  }

  /// The operands of `-eq` and its like between `[[` and `]]`.
  private static func compared(
    _ condition: Int32,
    _ parser: borrowing ShellParser
  ) -> [Range<Int>] {
    parser.children(of: condition).map { parser.node($0).range }.filter { operand in
      comparesNumbers(behind: operand.upperBound, parser)
        || comparesNumbers(before: operand.lowerBound, parser)
    }
  }

  private static let comparisons: [StaticString] = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]

  private static func comparesNumbers(behind end: Int, _ parser: borrowing ShellParser) -> Bool {
    let text = parser.text.span
    let start = text.skippingBlanks(from: end, to: text.count)
    return start + 3 <= text.count && parser.isOne(start..<start + 3, of: comparisons)
  }

  private static func comparesNumbers(before start: Int, _ parser: borrowing ShellParser) -> Bool {
    var end = start
    while end > 0, ASCII.isBlank(parser.text[end - 1]) { end -= 1 }
    return end >= 3 && end < start && parser.isOne(end - 3..<end, of: comparisons)
  }

  /// The subscript of `${name[...]}`, the offset and length of `${name:...}`.
  private static func offsets(_ parameter: Int32, _ parser: borrowing ShellParser) -> [Range<Int>] {
    let name = parser.parameterName(parameter)
    let end = Int(parser.node(parameter).end) - 1
    guard name.upperBound < end else { return [] }
    let rest = name.upperBound + 1..<end
    switch parser.text[name.upperBound] {
    case UInt8(ascii: "["): return [rest]
    case UInt8(ascii: ":"):
      guard let first = rest.first.map({ parser.text[$0] }) else { return [] }
      let isDefault = [
        UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "?"),
      ].contains(first)
      return isDefault ? [] : [rest]
    default: return []
    }
  }

  /// Arguments that a command of the shell calculates.
  private static func arguments(of command: Int32, _ parser: borrowing ShellParser) -> [Range<Int>]
  {
    if parser.isCalled(command, ["let"]) {
      return parser.words(of: command).dropFirst().map { parser.node($0).range }
    }
    if parser.isCalled(command, ["printf"]) { return printed(by: command, parser) }
    guard parser.isCalled(command, ["declare", "typeset", "local", "readonly", "export"]) else {
      return []
    }
    let words = parser.children(of: command).map { parser.node($0).range }.dropFirst()
    let isNumber = words.contains { word in
      parser.text[word.lowerBound] == UInt8(ascii: "-")
        && parser.text[word].contains(UInt8(ascii: "i"))
    }
    return isNumber ? Array(words) : []
  }

  /// The arguments of `printf` that its format prints as numbers.
  private static func printed(by command: Int32, _ parser: borrowing ShellParser) -> [Range<Int>] {
    var words = parser.words(of: command).dropFirst()
    if let first = words.first, parser.equals(parser.node(first).range, "-v") {
      words = words.dropFirst(2)
    }
    guard let format = words.first else { return [] }
    let isNumber = conversions(in: parser.node(format).range, parser)
    guard !isNumber.isEmpty else { return [] }
    return words.dropFirst().enumerated().compactMap { place, word in
      isNumber[place % isNumber.count] ? parser.node(word).range : nil
    }
  }

  /// For each conversion of a format whether it prints an integer; none where widths are arguments.
  private static func conversions(
    in format: Range<Int>,
    _ parser: borrowing ShellParser
  ) -> [Bool] {
    var kinds: [Bool] = []
    var index = format.lowerBound
    while index < format.upperBound {
      defer { index += 1 }
      guard parser.text[index] == UInt8(ascii: "%") else { continue }
      index += 1
      while index < format.upperBound, isFlag(parser.text[index]) { index += 1 }
      guard index < format.upperBound else { break }
      switch parser.text[index] {
      case UInt8(ascii: "%"): continue
      case UInt8(ascii: "*"): return []
      case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"), UInt8(ascii: "o"),
        UInt8(ascii: "x"), UInt8(ascii: "X"):
        kinds.append(true)
      default: kinds.append(false)
      }
    }
    return kinds
  }

  private static func isFlag(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".") || byte == ASCII.space || byte == ASCII.hash
      || byte == UInt8(ascii: "'")
  }

  private static func checkText(
    _ range: Range<Int>,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard ASCII.startsName(parser.text[index]) else {
        index += 1
        continue
      }
      let name = index..<parser.nameEnd(from: index)
      index = name.upperBound
      guard let known = DisbatchVariable(parser, name), known.parts.contains(.padded),
        !isDecimal(name, parser)
      else { continue }
      guard findings.admits(.paddedInArithmetic, at: name, of: site, alone: site.isInBody(name))
      else { continue }
      let primary = site.label(name, in: bytes)
      let suffix = name.upperBound - 3..<name.upperBound
      let edit = site.edit(suffix, of: bytes, to: "")
      findings.append(
        Diagnostic(
          .paddedInArithmetic,
          "a padded number is octal in arithmetic",
          at: primary,
          notes: ["000010 is 8, and 000008 is an error"],
          help: ["use `\(known.rawValue.dropLast(3))`, or `10#$\(known.rawValue)`"],
          fixes: edit.map {
            [FixIt(message: "use the plain number", applicability: .unsafe, edits: [$0])]
          } ?? []
        )
      )
    }
  }

  /// Whether `10#` stands in front of a name, or something in its braces changes the number.
  private static func isDecimal(_ name: Range<Int>, _ parser: borrowing ShellParser) -> Bool {
    var end = name.lowerBound
    while end > 0,
      parser.text[end - 1] == UInt8(ascii: "{") || parser.text[end - 1] == UInt8(ascii: "$")
    {
      end -= 1
    }
    if end >= 3, parser.equals(end - 3..<end, "10#") { return true }
    let isBraced = name.lowerBound > 0 && parser.text[name.lowerBound - 1] == UInt8(ascii: "{")
    return isBraced && name.upperBound < parser.text.count
      && parser.text[name.upperBound] != UInt8(ascii: "}")
  }
}
