/// Failures that look alike: the same return code and the same end of the error output, numbers and
/// paths aside.
package struct FailureGroups {
  /// One way of failing.
  package struct Group {
    /// Exit code, negative signal number, errno, or -100.
    package var returnCode: Int
    /// The last line of the first one's error output; may be empty.
    package var message: String
    /// How the first one failed.
    package var words: FailureWords
    package var count: Int
    /// The first one.
    package var firstID: Int
    package var firstLine: Int
    package var firstCommand: [UInt8]
  }

  private var groups: [String: Group] = [:]

  package init() {}

  /// Takes a failure.
  package mutating func take(_ found: StatusArchive.Found) {
    let message = FailureWords.lastLine(of: found.errorSnippet, byteCount: found.row.errorBytes)
    let key = "\(found.row.returnCode) \(Self.normalised(message))"
    if groups[key] != nil {
      groups[key]?.count += 1
      return
    }
    groups[key] = Group(
      returnCode: found.row.returnCode,
      message: message,
      words: FailureWords(code: found.row.returnCode, pid: found.row.pid, errorLine: message),
      count: 1,
      firstID: found.row.id,
      firstLine: found.row.line,
      firstCommand: found.command
    )
  }

  /// The groups, largest first.
  package var sorted: [Group] {
    groups.values.sorted { ($1.count, $0.firstID) < ($0.count, $1.firstID) }
  }

  /// The message's end with every run of digits as `N`, so that "line 12" and "line 7" are alike.
  ///
  /// Where the middle was left out, only what follows it counts.
  static func normalised(_ message: String) -> String {
    var result = ""
    var message = message[...]
    if let dots = message.utf8.indices.last(where: { message[$0...].utf8.starts(with: "...".utf8) })
    {
      message = message[dots...].dropFirst(3)
    }
    var wasDigit = false
    for character in message {
      let isDigit = character.isASCII && character.isNumber
      if !isDigit { result.append(character) } else if !wasDigit { result.append("N") }
      wasDigit = isDigit
    }
    return result
  }
}
