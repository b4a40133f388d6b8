/// Reads of variables in arithmetic so simple that no error can come of it, whose message would name
/// the variable: sums and products of DISBATCH numbers and decimal constants, no divisor 0.
enum InlineArithmetic {
  /// The reads between `$((` and `))`; none where the arithmetic is not that simple.
  ///
  /// Padded numbers are octal there, and stay.
  static func reads(
    in range: Range<Int>,
    _ parser: borrowing ShellParser
  ) -> [InlineTemplate.Place] {
    var places: [InlineTemplate.Place] = []
    var depth = 0
    var wantsOperand = true
    var isDivisor = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = parser.text[index]
      if byte == ASCII.space || byte == ASCII.tab {
        index += 1
        continue
      }
      if wantsOperand {
        if byte == UInt8(ascii: "("), !isDivisor {
          depth += 1
          index += 1
          continue
        }
        guard let end = operand(at: index, in: range, isDivisor: isDivisor, parser, &places) else {
          return []
        }
        index = end
        (wantsOperand, isDivisor) = (false, false)
        continue
      }
      index += 1
      switch byte {
      case UInt8(ascii: ")"):
        guard depth > 0 else { return [] }
        depth -= 1
      case UInt8(ascii: "+"), UInt8(ascii: "-"): wantsOperand = true
      case UInt8(ascii: "*"):
        // `**` is another operator.
        guard index < range.upperBound, parser.text[index] != UInt8(ascii: "*") else { return [] }
        wantsOperand = true
      case UInt8(ascii: "/"), UInt8(ascii: "%"): (wantsOperand, isDivisor) = (true, true)
      default: return []
      }
    }
    return depth == 0 && !wantsOperand ? places : []
  }

  /// Takes a number or a variable.
  ///
  /// - Returns: Behind it; nil for anything else.
  private static func operand(
    at start: Int,
    in range: Range<Int>,
    isDivisor: Bool,
    _ parser: borrowing ShellParser,
    _ places: inout [InlineTemplate.Place]
  ) -> Int? {
    var end = start
    while end < range.upperBound, ASCII.isDigit(parser.text[end]) { end += 1 }
    if end > start {
      // A 0 in front is octal.
      let isPlain = end - start == 1 || parser.text[start] != ASCII.zero
      let isZero = parser.text[start] == ASCII.zero
      return isPlain && !(isDivisor && isZero) && end - start < 18 ? end : nil
    }
    guard !isDivisor else { return nil }
    var name = start
    if parser.text[name] == UInt8(ascii: "$") { name += 1 }
    let isBraced = name > start && name < range.upperBound && parser.text[name] == UInt8(ascii: "{")
    if isBraced { name += 1 }
    let nameEnd = min(parser.nameEnd(from: name), range.upperBound)
    guard let variable = DisbatchVariable(parser, name..<nameEnd),
      !variable.parts.contains(.padded)
    else { return nil }
    if isBraced {
      guard nameEnd < range.upperBound, parser.text[nameEnd] == UInt8(ascii: "}") else {
        return nil
      }
    }
    end = isBraced ? nameEnd + 1 : nameEnd
    places.append(InlineTemplate.Place(range: start..<end, variable: variable))
    return end
  }
}
