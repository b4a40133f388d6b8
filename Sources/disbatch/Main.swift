import TaskRuntime

/// The executable: finds the command, runs it, leaves with its exit code.
@main
struct Main {
  static func main() {
    ProcessExit.surviveWrites()
    FileDescriptor.ensureStandardDescriptors()
    ProcessStack.run { ProcessExit.leave(Main.run(ProcessArguments.words)) }
  }

  private static func run(_ words: [String]) -> Int32 {
    let called = CalledWords(words)
    do {
      if let script = try scriptText(called) {
        return Console(command: "disbatch").answer(script)
      }
      return try dispatch(called)
    } catch {
      let command = Command.named(
        called.words.first,
        isReferenceName: called.isReferenceName
      )
      let console = Console(command: command.title)
      console.say(error.message)
      console.say("try '\(command.helpLine)'")
      return ExitCode.usage
    }
  }

  /// The text of a command to be installed, if that is what is asked for.
  private static func scriptText(_ called: CalledWords) throws(UsageError) -> String? {
    guard let word = called.words.first, word.hasPrefix(CommandScript.request) else {
      return nil
    }
    let name = String(word.dropFirst(CommandScript.request.count))
    guard ["disbatch", "disBatch"].contains(name), called.words.count == 2,
      called.words[1].hasPrefix("/")
    else {
      throw UsageError(
        "\(CommandScript.request) takes disbatch or disBatch, and an absolute path behind it"
      )
    }
    return CommandScript(executable: called.words[1], name: name).text
  }

  private static func dispatch(_ called: CalledWords) throws(UsageError) -> Int32 {
    let (words, isReferenceName) = (called.words, called.isReferenceName)
    let command = Command.named(words.first, isReferenceName: isReferenceName)
    let rest = command.isImplied ? words : Array(words.dropFirst())
    if words.isEmpty, !isReferenceName {
      Console(command: "disbatch").write(HelpText.overview)
      return ExitCode.usage
    }
    if let answer = command.generalAnswer(rest) {
      return Console(command: command.title).answer(answer)
    }
    if let hint = Self.hint(words, command) { throw UsageError(hint) }
    switch command.kind {
    case .check: return try CheckCommand(rest).run()
    case .expand: return try ExpandCommand(rest).run()
    case .run: return try RunCommand(rest, as: command).run()
    case .status: return try StatusCommand(rest).run()
    case .output: return try OutputCommand(rest).run()
    case .explain: return try ExplainCommand(rest).run()
    case .fmt: return try FormatCommand(rest).run()
    case .engine: return EngineCommand.run()
    case .lsp: return try LanguageServerCommand(rest).run()
    case .help: return try HelpCommand.run(rest)
    case .reserved:
      throw UsageError(
        "'\(words[0])' is a command of a later version; a task file of that name is ./\(words[0])"
      )
    }
  }

  /// What to say of a first word that is no task file but nearly a command.
  private static func hint(_ words: [String], _ command: Command) -> String? {
    guard command.isImplied, !command.isReferenceName, let word = words.first,
      !word.hasPrefix("-"), (try? FileSystem.status(of: word)) == nil
    else { return nil }
    let question = Command.question(about: word)
    return question.isEmpty ? nil : "there is no command and no task file '\(word)'\(question)"
  }
}
