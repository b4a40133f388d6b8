import TaskLang

/// `disbatch fmt`: task files in canonical layout.
struct FormatCommand {
  private let files: [String]
  private let checksOnly: Bool
  private let showsDiff: Bool
  private let console: Console

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.fmt)
    console = Console(
      command: "disbatch fmt",
      color: try arguments.choice(.color, of: Console.ColorChoice.self) ?? .auto
    )
    checksOnly = arguments.has(.check)
    showsDiff = arguments.has(.diff)
    files = try arguments.files()
  }

  /// Formats all files.
  ///
  /// - Returns: The exit code: the worst of what the files gave.
  func run() -> Int32 {
    var worst = ExitCode.success
    for file in files {
      do {
        worst = max(worst, try format(file))
      } catch {
        console.say(error.message)
        worst = ExitCode.usage
      }
    }
    return worst
  }

  private func format(_ file: String) throws(UsageError) -> Int32 {
    let input = try InputFile(file, isForMending: !showsDiff && !checksOnly)
    let source = try input.readWhole()
    let errors = TaskFile(source).diagnostics.filter { $0.code.refusesFile }
    if !errors.isEmpty {
      Refusal.show(
        errors,
        of: input.displayName,
        outcome: "nothing was written",
        way: "'disbatch run --no-check'",
        on: console
      )
      return ExitCode.failure
    }
    var result = Formatter.formatted(source)
    let isChanged = result != source
    if showsDiff {
      var patch: [UInt8] = []
      let path = String(file.drop { $0 == "/" })
      UnifiedDiff.append(source, result, path: path, to: &patch)
      try write(&patch, to: nil)
    } else if checksOnly {
      if isChanged { console.say("\(input.displayName) is not in canonical layout") }
    } else if file == "-" {
      try write(&result, to: nil)
    } else if isChanged {
      try write(&result, to: file)
      console.say("\(file): written")
    }
    return checksOnly && isChanged ? ExitCode.failure : ExitCode.success
  }

  private func write(_ bytes: inout [UInt8], to path: String?) throws(UsageError) {
    var output = try OutputFile(path)
    _ = output.drain(&bytes)
    try output.finish()
  }
}
