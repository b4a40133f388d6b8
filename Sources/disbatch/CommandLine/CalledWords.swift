import TaskRuntime

/// How this process was called: under which name, through which script, with which words.
///
/// The installed commands are scripts that hand their name on as a first word; see `CommandScript`.
struct CalledWords: Sendable {
  /// What stands in front of the name.
  static let option = "--invoked-as="
  /// What stands behind the name where the kernel read the script, which puts the script's path behind it.
  static let scriptMark = ",script"

  /// Whether it was called by the reference's name, under which there is one command, which runs.
  let isReferenceName: Bool
  /// The script, as its caller named it; `nil` where a shell read it, or there was none.
  let script: String?
  /// What the user wrote behind the command.
  let words: [String]

  /// Reads the words behind the executable's name.
  init(_ words: [String]) {
    guard let first = words.first, first.hasPrefix(Self.option) else {
      (isReferenceName, script, self.words) = (false, nil, words)
      return
    }
    var name = first.dropFirst(Self.option.count)
    let isScript = name.hasSuffix(Self.scriptMark)
    if isScript { name = name.dropLast(Self.scriptMark.count) }
    isReferenceName = name == "disBatch"
    script = isScript ? words.dropFirst().first : nil
    self.words = Array(words.dropFirst(isScript ? 2 : 1))
  }
}
