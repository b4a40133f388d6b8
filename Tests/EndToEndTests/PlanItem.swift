import FoundationEssentials

/// One item of a plan, as `disbatch expand --format json` prints it.
struct PlanItem: Decodable, Hashable {
  var kind: String
  var id: Int?
  var line: Int?
  var `repeat`: Int?
  var check: Bool?
  var key: String?
  var when: String?
  var index: Int?
  var command: String?
  var commandBase64: String?

  /// The bytes of the command, in whichever form they stand.
  var commandBytes: [UInt8]? {
    if let command { return Array(command.utf8) }
    return commandBase64.flatMap { Data(base64Encoded: $0) }.map(Array.init)
  }

  /// The same item with another command.
  func replacingCommand(by bytes: [UInt8]) -> PlanItem {
    var changed = self
    changed.command = String(validating: bytes, as: UTF8.self)
    changed.commandBase64 = changed.command == nil ? Data(bytes).base64EncodedString() : nil
    return changed
  }

  /// The same item without the number of its line, which a rewritten file does not keep.
  var withoutLine: PlanItem {
    var changed = self
    changed.line = nil
    return changed
  }

  /// Reads JSON Lines.
  static func items(_ bytes: [UInt8]) throws -> [PlanItem] {
    try JSONLines.decode(PlanItem.self, from: bytes)
  }
}
