/// `disbatch help [COMMAND]`.
enum HelpCommand {
  static func run(_ words: [String]) throws(UsageError) -> Int32 {
    let console = Console(command: "disbatch help")
    guard let word = words.first else { return console.answer(HelpText.overview) }
    let command = Command.named(word, isReferenceName: false)
    if command.isImplied || command.kind == .reserved || command.kind == .engine {
      throw UsageError(
        "there is no command '\(word)'; the commands are " + Command.names.joined(separator: ", ")
          + Command.question(about: word)
      )
    }
    return console.answer(command.help)
  }
}
