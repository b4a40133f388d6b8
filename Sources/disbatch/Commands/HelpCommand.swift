/// `disbatch help [COMMAND]`.
enum HelpCommand {
  static func run(_ words: [String]) throws(UsageError) -> Int32 {
    let console = Console(command: "disbatch help")
    guard let word = words.first else {
      console.answer(HelpText.overview)
      return ExitCode.success
    }
    let command = Command.named(word, isReferenceName: false)
    if command.isImplied || command.kind == .later || command.kind == .engine {
      throw UsageError(
        "there is no command '\(word)'; the commands are " + Command.names.joined(separator: ", ")
      )
    }
    console.answer(command.help)
    return ExitCode.success
  }
}
