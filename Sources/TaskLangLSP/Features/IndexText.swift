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

  private static let lineName = Array("DISBATCH_STREAM_INDEX".utf8)

  /// Whether a command names the number of its line, which is another when it is moved.
  static func isLineNamed(in command: [UInt8]) -> Bool {
    VariableScan.names(in: command).contains { command[$0].starts(with: lineName) }
  }
}
