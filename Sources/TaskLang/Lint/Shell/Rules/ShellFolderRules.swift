/// DB507: whether the folders that tasks write into are there.
///
/// The language knows no files: whoever makes the checks hands in the question. A relative name is
/// that of the folder the run is started in. What `mkdir` names in this or an earlier command of the
/// input counts as there, and nothing is said of names behind a `cd` or with something expanded in
/// them.
struct ShellFolderRules: Sendable {
  /// Whether a folder exists, by its path as written, without quotes.
  typealias Question = @Sendable (_ folder: [UInt8]) -> Bool

  /// Answers that are remembered.
  private static let knownFolders = 100_000

  private let exists: Question
  private var known: [[UInt8]: Bool] = [:]
  private var made: Set<[UInt8]> = []
  /// Whether a `mkdir` was met whose words are not literal: then any folder may be there.
  private var makesUnknown = false

  init(_ exists: @escaping Question) { self.exists = exists }

  /// Looks at where a command writes.
  mutating func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    for entry in survey.simples where parser.isCalled(entry.node, ["mkdir"]) {
      noteMade(entry.node, parser)
    }
    if makesUnknown { return }
    let firstMove = survey.simples.first { parser.isCalled($0.node, ["cd", "pushd", "popd"]) }
    let knownUntil = firstMove.map { parser.node($0.node).start } ?? .max
    for entry in survey.redirections where !entry.isInFunction {
      guard let target = ShellTarget(entry.node, parser), !target.isDevice,
        let folder = Self.folder(of: target.word, parser)
      else { continue }
      let start = entry.owner < 0 ? 0 : parser.node(entry.owner).start
      guard target.isAbsolute || start <= knownUntil, !isThere(folder) else { continue }
      report(folder, target, parser, site, in: bytes, &findings)
    }
  }

  private func report(
    _ folder: [UInt8],
    _ target: ShellTarget,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let range = parser.node(target.word).range
    guard
      findings.admits(.logDirectoryMissing, at: range, of: site, detail: folder.hashValue)
    else { return }
    let primary = site.label(range, in: bytes)
    findings.append(
      Diagnostic(
        .logDirectoryMissing,
        "there is no folder \(folder.span.quoted(0..<folder.count))",
        at: primary,
        notes: ["bash cannot open the file, and the command does not run"],
        help: ["make the folder before the run, or with `mkdir -p` in PREFIX"]
      )
    )
  }

  private mutating func isThere(_ folder: [UInt8]) -> Bool {
    if made.contains(folder) { return true }
    if let answer = known[folder] { return answer }
    let answer = exists(folder)
    if known.count < Self.knownFolders { known[folder] = answer }
    return answer
  }

  /// Takes in the words of a `mkdir`, and the folders that `-p` makes on the way.
  private mutating func noteMade(_ command: Int32, _ parser: borrowing ShellParser) {
    for word in parser.words(of: command).dropFirst() {
      if parser.text[Int(parser.node(word).start)] == UInt8(ascii: "-") { continue }
      let path = Self.normal(parser.literal(word))
      if path.contains(ShellParser.expansion) || made.count >= Self.knownFolders {
        makesUnknown = true
        return
      }
      for (index, byte) in path.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
        made.insert(Array(path[..<index]))
      }
      made.insert(path)
    }
  }

  /// The folder in a name; nil where there is none, or something is expanded in it.
  private static func folder(of word: Int32, _ parser: borrowing ShellParser) -> [UInt8]? {
    let path = parser.literal(word)
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let folder = slash == 0 ? [UInt8(ascii: "/")] : normal(Array(path[..<slash]))
    return folder.contains(ShellParser.expansion) || folder.isEmpty ? nil : folder
  }

  /// A path without `./` in front and slashes at its end.
  private static func normal(_ path: [UInt8]) -> [UInt8] {
    var rest = path[...]
    while rest.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
    while rest.count > 1, rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
    return Array(rest)
  }
}
