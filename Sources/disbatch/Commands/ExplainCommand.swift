import TaskLang

/// `disbatch explain`: what a code means, why it matters and what to do.
struct ExplainCommand {
  private let codes: [DiagnosticCode]
  private let listed: [DiagnosticCode]
  private let format: ExplainFormat
  private let documentFolder: String?
  private let console: Console

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.explain)
    console = Console(command: "disbatch explain")
    format = try arguments.choice(.format, of: ExplainFormat.self) ?? .text
    documentFolder = arguments.value(.writeDocs)
    let listsAll = arguments.has(.all)
    if arguments.operands.isEmpty, !listsAll, documentFolder == nil {
      throw UsageError("no code named; --all lists the codes")
    }
    if !arguments.operands.isEmpty, listsAll {
      throw UsageError("--all goes without codes")
    }
    var codes: [DiagnosticCode] = []
    var listed = listsAll ? DiagnosticCode.allCases : []
    for word in arguments.operands {
      let found = try Self.codes(named: word)
      if found.count == 1 { codes += found } else { listed += found }
    }
    (self.codes, self.listed) = (codes, listed)
  }

  /// The code that a word names, or those of a family.
  private static func codes(named word: String) throws(UsageError) -> [DiagnosticCode] {
    let all = DiagnosticCode.allCases
    let upper = word.uppercased()
    if ShellcheckComment.number(in: upper) != nil { return [.shellcheck] }
    if let code = all.first(where: { $0.rawValue == upper || $0.name == word.lowercased() }) {
      return [code]
    }
    let family = all.filter { $0.family == upper }
    if !family.isEmpty { return family }
    let hint = Suggestion.nearest(
      to: word.utf8,
      among: all.flatMap { [$0.rawValue, $0.name] }
    )
    throw UsageError(
      "there is no finding '\(word)'"
        + (hint.map { "; did you mean '\($0)'?" } ?? "; --all lists the codes")
    )
  }

  /// Writes what was asked for.
  ///
  /// - Returns: The exit code.
  func run() -> Int32 {
    do {
      if let documentFolder { try writeDocuments(into: documentFolder) }
      try write()
      return ExitCode.success
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
  }

  private func write() throws(UsageError) {
    let writer = ExplainWriter(format: format)
    var output = try OutputFile(nil)
    var buffer: [UInt8] = []
    for (index, code) in codes.enumerated() {
      if index > 0, format != .json { buffer += "\n".utf8 }
      writer.append(code, to: &buffer)
    }
    if !listed.isEmpty { writer.append(listOf: listed, to: &buffer) }
    _ = output.drain(&buffer)
    try output.finish()
  }

  private func writeDocuments(into folder: String) throws(UsageError) {
    for document in ExplainWriter.documents() {
      var file = try OutputFile("\(folder)/\(document.name)")
      var content = document.content
      _ = file.drain(&content)
      try file.finish()
    }
  }
}
