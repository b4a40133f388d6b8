/// Lines that are the same but for one number, which rises by the same step from each to the next.
struct NumberSeries {
  let start: Int
  let step: Int
  /// What stands in front of the number, and behind it.
  let before: [UInt8]
  let behind: [UInt8]

  /// The line without its number.
  var command: [UInt8] { before + behind }

  /// Looks at lines; `nil` where they are no series, or where the shell would not put a variable's
  /// value in the number's place.
  ///
  /// - Parameters:
  ///   - lines: Two lines or more.
  ///   - prefix: What the shell reads in front of each.
  init?(_ lines: [[UInt8]], prefix: [UInt8]) {
    guard lines.count >= 2, let place = Self.place(lines[0], lines[1]) else { return nil }
    before = Array(lines[0][..<place.lowerBound])
    behind = Array(lines[0][place.upperBound...])
    var numbers: [Int] = []
    for line in lines {
      guard line.starts(with: before), line.count > before.count + behind.count,
        line.suffix(behind.count) == behind[...],
        let number = Self.number(line[before.count..<line.count - behind.count])
      else { return nil }
      numbers.append(number)
    }
    let step = numbers[1] - numbers[0]
    guard step > 0, zip(numbers, numbers.dropFirst()).allSatisfy({ $1 - $0 == step }),
      Self.isExpanded(prefix + before, behind)
    else { return nil }
    (start, self.step) = (numbers[0], step)
  }

  /// Where the first number stands that two lines differ in.
  private static func place(_ left: [UInt8], _ right: [UInt8]) -> Range<Int>? {
    guard var start = zip(left, right).enumerated().first(where: { $1.0 != $1.1 })?.offset ?? nil
    else { return nil }
    while start > 0, isDigit(left[start - 1]) { start -= 1 }
    var end = start
    while end < left.count, isDigit(left[end]) { end += 1 }
    return start < end ? start..<end : nil
  }

  /// A number as the index is written: without zeros in front.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(isDigit), digits.count <= 15, digits.count == 1 || digits.first != 0x30
    else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// Whether a variable between two texts is expanded to a part of a word, and to nothing else.
  ///
  /// Where quotes, escapes or the word's own syntax might say otherwise, the answer is no.
  private static func isExpanded(_ before: [UInt8], _ behind: [UInt8]) -> Bool {
    if before.contains(where: { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") }) {
      return false
    }
    let start = before.lastIndex { $0 == 0x20 || $0 == 0x09 }.map { $0 + 1 } ?? 0
    let end = behind.firstIndex { $0 == 0x20 || $0 == 0x09 } ?? behind.count
    let syntax = Array("$`{}()[]<>&|;!*?#~".utf8)
    return !before[start...].contains { syntax.contains($0) }
      && !behind[..<end].contains { syntax.contains($0) || $0 == UInt8(ascii: "=") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
