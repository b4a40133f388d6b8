import TaskLang

/// `disbatch expand`: the flat plan of a task file.
struct ExpandCommand {
  private let file: String
  private let outputPath: String?
  private let format: ExpansionFormat
  private let checks: Bool
  private let inlines: Bool
  private let console: Console

  /// Beyond this size, and eight bytes for each byte of the input, the input is checked before more is written.
  private static let longOutput = 64 << 20

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.expand)
    console = Console(
      command: "disbatch expand",
      color: try arguments.choice(.color, of: Console.ColorChoice.self) ?? .auto
    )
    format = try arguments.choice(.format, of: ExpansionFormat.self) ?? .tasks
    checks = !arguments.has(.noCheck)
    inlines = arguments.has(.inline)
    if inlines, format != .tasks { throw UsageError("--inline goes with --format tasks") }
    outputPath = try arguments.path(.output)
    file = try arguments.file()
  }

  /// Expands the file.
  ///
  /// - Returns: The exit code.
  func run() -> Int32 {
    do {
      let input = try InputFile(file)
      var output = try OutputFile(outputPath)
      guard checks, input.isRegular, !output.canBeGivenUp else {
        return try expand(input, into: &output, checks: checks)
      }
      let found = try Self.findingsAhead(in: input)
      if Self.refuses(found) { return refuse(input, found) }
      return try expand(input, into: &output, checks: false)
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
  }

  /// Everything that the checks find in an input, which is read to its end.
  ///
  /// - Parameters:
  ///   - input: The file.
  ///   - takeTasks: Hears how many plain tasks stand in a row.
  ///   - take: Hears of each other item of the plan on the way.
  /// - Returns: The findings in the order of their places.
  /// - Throws: `UsageError` when it cannot be read.
  static func findings(
    of input: borrowing InputFile,
    takeTasks: (Int) -> Void = { _ in },
    _ take: (LoweredItem, PhysicalLine) -> Void = { _, _ in }
  ) throws(UsageError) -> [Diagnostic] {
    var frontEnd = FrontEnd(checker: Checker())
    func visit(
      _ item: LoweredItem,
      _ piece: Range<Int>,
      _ line: PhysicalLine,
      _ bytes: Span<UInt8>,
      _ lowering: borrowing Lowering
    ) -> Bool {
      take(item, line)
      return true
    }
    _ = try input.readChunks { chunk in
      frontEnd.read(
        chunk,
        rows: { _, row, _, _ in
          takeTasks(row.count)
          return true
        },
        visit
      )
    }
    frontEnd.finish(visit)
    return frontEnd.checker?.diagnostics ?? []
  }

  private func refuse(_ input: borrowing InputFile, _ found: [Diagnostic]) -> Int32 {
    Refusal.show(found, of: input.displayName, outcome: "nothing was expanded", on: console)
    return ExitCode.failure
  }

  private static func refuses(_ found: [Diagnostic]) -> Bool {
    found.contains { $0.code.refusesFile }
  }

  /// Everything that the checks find in a regular file, of which as much remains to be read as before.
  private static func findingsAhead(
    in input: borrowing InputFile
  ) throws(UsageError) -> [Diagnostic] {
    let place = try input.place()
    try input.go(to: input.start)
    let found = try findings(of: input)
    try input.go(to: place)
    return found
  }

  /// Expands what comes, and checks it on the way if that is wanted.
  ///
  /// Output that stays where it is written ends in front of an error. A file is given up as a whole;
  /// before it gets much longer than its input, all of that is checked, so that an error behind a
  /// large REPEAT is not found when the disk is full.
  private func expand(
    _ input: borrowing InputFile,
    into output: inout OutputFile,
    checks: Bool
  ) throws(UsageError) -> Int32 {
    var expander = Expander(
      format: format,
      name: input.baseName,
      checks: checks,
      inlines: inlines
    )
    let streams = !input.isRegular
    var sizes = (input: 0, output: 0)
    var found: [Diagnostic]?
    func write(_ buffer: inout [UInt8]) -> Bool {
      sizes.output += buffer.count
      if checks, !streams, found == nil, sizes.output > Self.longOutput + 8 * sizes.input {
        // A file that cannot be read says so when it is read on.
        found = (try? Self.findingsAhead(in: input)) ?? []
      }
      return !Self.refuses(found ?? []) && output.drain(&buffer)
    }
    var buffer: [UInt8] = []
    buffer.reserveCapacity(Expander.bufferLimit + 64 * 1024)
    _ = try input.readChunks { chunk in
      sizes.input += chunk.count
      let goesOn = expander.read(chunk, into: &buffer, write)
      if streams || !goesOn { return write(&buffer) && goesOn }
      return true
    }
    expander.finish(into: &buffer, write)
    if checks, !streams {
      if let found, Self.refuses(found) { return refuse(input, found) }
      if Self.refuses(expander.diagnostics) {
        return refuse(input, try Self.findingsAhead(in: input))
      }
    }
    _ = write(&buffer)
    try output.finish()
    return verdict(expander, input)
  }

  private func verdict(_ expander: Expander, _ input: borrowing InputFile) -> Int32 {
    let found = expander.diagnostics
    if Self.refuses(found) {
      Refusal.show(found, of: input.displayName, outcome: "the output ends there", on: console)
      return ExitCode.failure
    }
    if expander.metTooLargeNumber {
      console.say("\(input.displayName): a number of 2^63 or more; the output ends there")
    }
    return ExitCode.success
  }
}
