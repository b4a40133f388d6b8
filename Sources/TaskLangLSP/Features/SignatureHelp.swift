import TaskLang

/// What a REPEAT takes, and which of it is being written.
enum SignatureHelp {
  /// The whole form.
  static let label = "#DISBATCH REPEAT count [start S] [step T] [command]"
  /// Its parts, as they stand in the form, and what they mean.
  static let parameters = [
    (text: "count", meaning: "How many tasks."),
    (text: "start S", meaning: "The first index; 0 unless it is said."),
    (text: "step T", meaning: "From one index to the next; 1 unless it is said."),
    (text: "command", meaning: "What stands between PREFIX and SUFFIX; nothing unless it is said."),
  ]

  /// Which part a byte of a document belongs to; nil where it is not in a REPEAT.
  static func parameter(at offset: Int, in document: Document) -> Int? {
    let position = document.buffer.position(of: offset, in: .utf8)
    let line = document.buffer.lineRange(position.line)
    let written = document.buffer.bytes(in: line.lowerBound..<offset)
    let marker = Array("#DISBATCH ".utf8)
    guard written.starts(with: marker) else { return nil }
    var words = written[marker.count...].split(whereSeparator: isBlank).map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    guard words.first == "repeat", words.count > 1 || isBlank(written[written.count - 1]) else {
      return nil
    }
    words.removeFirst()
    // The word at the cursor is still being written.
    let typed = isBlank(written[written.count - 1]) ? "" : words.popLast() ?? ""
    if words.isEmpty { return 0 }
    words.removeFirst()
    if words.first == "start" {
      if words.count == 1 { return 1 }
      words.removeFirst(2)
    } else if words.isEmpty, !typed.isEmpty, "start".hasPrefix(typed), typed.count > 2 {
      return 1
    }
    if words.first == "step" { return words.count == 1 ? 2 : 3 }
    return words.isEmpty && typed.count > 2 && "step".hasPrefix(typed) ? 2 : 3
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0C).contains(byte)
  }
}
