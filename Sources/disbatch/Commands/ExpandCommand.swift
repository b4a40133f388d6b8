import TaskLang

/// `disbatch expand`: the flat plan of a task file.
struct ExpandCommand {
  private let file: String
  private let outputPath: String?
  private let format: ExpansionFormat
  private let checks: Bool
  private let inlines: Bool
  private let console: Console

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, Tables.expand)
    console = Console(
      command: "disbatch expand",
      color: try arguments.choice("color", of: Console.ColorChoice.self) ?? .auto
    )
    format = try arguments.choice("format", of: ExpansionFormat.self) ?? .tasks
    checks = !arguments.has("no-check")
    inlines = arguments.has("inline")
    if inlines, format != .tasks { throw UsageError("--inline goes with --format tasks") }
    outputPath = arguments.value("output")
    file = try arguments.file()
  }

  /// Expands the file.
  ///
  /// - Returns: The exit code.
  func run() -> Int32 {
    do {
      let input = try InputFile(file)
      if checks, input.isRegular {
        let found = try Self.findings(of: input)
        if found.contains(where: { $0.code.refusesFile }) { return refuse(input, found) }
        try input.rewind()
        return try expand(input, checks: false)
      }
      return try expand(input, checks: checks)
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
  }

  /// Everything that the checks find in an input, which is read to its end.
  ///
  /// - Parameters:
  ///   - input: The file.
  ///   - visit: Hears of each item of the plan on the way.
  /// - Returns: The findings in the order of their places.
  /// - Throws: `UsageError` when it cannot be read.
  static func findings(
    of input: borrowing InputFile,
    _ visit: (LoweredItem, PhysicalLine) -> Void = { _, _ in }
  ) throws(UsageError) -> [Diagnostic] {
    var frontEnd = FrontEnd(checker: Checker())
    func take(
      _ item: LoweredItem,
      _ piece: Range<Int>,
      _ line: PhysicalLine,
      _ bytes: Span<UInt8>,
      _ lowering: borrowing Lowering
    ) -> Bool {
      visit(item, line)
      return true
    }
    _ = try input.readChunks { frontEnd.read($0, take) }
    frontEnd.finish(take)
    return frontEnd.checker?.diagnostics ?? []
  }

  private func refuse(_ input: borrowing InputFile, _ found: [Diagnostic]) -> Int32 {
    Refusal.show(found, of: input.displayName, outcome: "nothing was expanded", on: console)
    return ExitCode.failure
  }

  /// Expands what comes; where it cannot be read twice, the output ends in front of an error.
  private func expand(
    _ input: borrowing InputFile,
    checks: Bool
  ) throws(UsageError) -> Int32 {
    var output = try OutputFile(outputPath)
    var expander = Expander(
      format: format,
      name: input.baseName,
      checks: checks,
      inlines: inlines
    )
    var buffer: [UInt8] = []
    buffer.reserveCapacity(Expander.bufferLimit + 64 * 1024)
    let streams = !input.isRegular
    _ = try input.readChunks { chunk in
      let goesOn = expander.read(chunk, into: &buffer) { output.drain(&$0) }
      if streams || !goesOn { return output.drain(&buffer) && goesOn }
      return true
    }
    expander.finish(into: &buffer) { output.drain(&$0) }
    _ = output.drain(&buffer)
    try output.finish()
    return verdict(expander, input)
  }

  private func verdict(_ expander: Expander, _ input: borrowing InputFile) -> Int32 {
    if expander.diagnostics.contains(where: { $0.code.refusesFile }) {
      let found = expander.diagnostics
      Refusal.show(found, of: input.displayName, outcome: "the output ends there", on: console)
      return ExitCode.failure
    }
    if expander.metTooLargeNumber {
      console.say("\(input.displayName): a number of 2^63 or more; the output ends there")
    }
    return ExitCode.success
  }
}
