/// How the files and folders that commands name are compared.
enum ShellFileNames {
  /// The first id or line number that six digits cannot hold.
  static let paddedLimit = 1_000_000

  /// Whether the log of a task is parted by nothing but the engine or its cylinder.
  static func isNamedByRank(_ target: ShellTarget, _ occasion: ShellOccasion) -> Bool {
    var parts: ShellTarget.Variables = [.task, .line, .opaque]
    if case .repeated(_, let indexes) = occasion {
      parts.insert(.repeatIndex)
      if indexes.count > 1 { parts.remove(.line) }
    }
    return target.truncates && !target.variables.isDisjoint(with: [.engine, .cylinder])
      && target.variables.isDisjoint(with: parts)
  }

  /// The folders that the command goes to, one after another; nil where they are not known.
  static func folderWords(_ parser: borrowing ShellParser, _ survey: ShellSurvey) -> [Int32]? {
    var folders: [Int32] = []
    for entry in survey.simples {
      if parser.isCalled(entry.node, ["pushd", "popd"]) { return nil }
      guard parser.isCalled(entry.node, ["cd"]) else { continue }
      let words = parser.words(of: entry.node)
      guard words.count == 2, parser.node(words[1]).firstChild < 0 else { return nil }
      folders.append(words[1])
    }
    return folders
  }

  /// The hash of a folder that is entered from another one.
  @inline(__always)
  static func enter(_ range: Range<Int>, of bytes: Span<UInt8>, from folder: UInt64) -> UInt64 {
    var hash = folder
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* 1_099_511_628_211 }
    return hash
  }
}
