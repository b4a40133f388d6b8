import TaskLang

/// Numbers in commands and the repeat index that stands for them.
enum IndexText {
  private static let name = Array("DISBATCH_REPEAT_INDEX".utf8)
  /// What a number is written as in the command of a REPEAT.
  static let reference = Array("${DISBATCH_REPEAT_INDEX}".utf8)

  /// Whether a command names the repeat index in any form.
  static func isNamed(in command: [UInt8]) -> Bool {
    VariableScan.names(in: command).contains { command[$0].starts(with: name) }
  }

  /// A command with the index in the place of its name, as a task's line.
  ///
  /// - Returns: `nil` where the name is not known to be expanded by the shell just there, or where
  ///   the text would be no task.
  static func substituting(_ index: Int, in command: [UInt8], affixes: [UInt8]) -> [UInt8]? {
    // Quotes and escapes may keep the shell from expanding; then it is not ours to do it.
    let marks: [UInt8] = [UInt8(ascii: "'"), UInt8(ascii: "\\")]
    guard !(command + affixes).contains(where: { marks.contains($0) }), !isNamed(in: affixes) else {
      return nil
    }
    var line: [UInt8] = []
    var copied = 0
    for place in VariableScan.names(in: command) where command[place].starts(with: name) {
      guard place.count == name.count, let whole = expansion(of: place, in: command) else {
        return nil
      }
      line += command[copied..<whole.lowerBound]
      line += Array(String(index).utf8)
      copied = whole.upperBound
    }
    line += command[copied...]
    guard case .task = Parser.parse(line.span, 0..<line.count) else { return nil }
    return line
  }

  /// `$NAME` or `${NAME}` around a name, and nothing else.
  private static func expansion(of name: Range<Int>, in command: [UInt8]) -> Range<Int>? {
    let dollar = UInt8(ascii: "$")
    let before = name.lowerBound - 1
    if before >= 0, command[before] == dollar { return before..<name.upperBound }
    guard before >= 1, command[before] == UInt8(ascii: "{"), command[before - 1] == dollar,
      name.upperBound < command.count, command[name.upperBound] == UInt8(ascii: "}")
    else { return nil }
    return before - 1..<name.upperBound + 1
  }
}
