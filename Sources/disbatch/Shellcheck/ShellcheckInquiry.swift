import TaskLang

/// One input's commands on their way to shellcheck, and what it says on the way back.
struct ShellcheckInquiry {
  private let program: Shellcheck
  private var commands: ShellcheckCommands
  /// Why it was given up.
  private(set) var failure: UsageError?

  init(_ program: Shellcheck, _ options: LintOptions) {
    self.program = program
    commands = ShellcheckCommands(options: options)
  }

  /// Takes an item of the plan; the arguments are those of `FrontEnd.Visitor`.
  ///
  /// - Returns: Whether there is a point in going on.
  mutating func take(
    _ item: LoweredItem,
    _ piece: Range<Int>,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) -> Bool {
    commands.take(item, piece, line, bytes, lowering)
    if commands.count >= program.capacity { ask() }
    return failure == nil
  }

  /// Asks about the rest and hands everything to the checks.
  mutating func conclude(_ checker: inout Checker) {
    ask()
    checker.take(&commands)
  }

  private mutating func ask() {
    guard failure == nil, commands.count > 0 else { return }
    do throws(UsageError) {
      try program.ask(commands.next()) { commands.take($0, on: $1) }
    } catch {
      failure = error
    }
  }
}
