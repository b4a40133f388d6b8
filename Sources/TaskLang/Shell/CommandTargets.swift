/// The files that bash opens for writing before it runs a command.
package struct CommandTargets: Sendable {
  private var parser = ShellParser()

  package init() {}

  /// The targets of the redirections of a command that is one command as a whole.
  ///
  /// If one of them cannot be opened, nothing of the command runs.
  ///
  /// - Parameters:
  ///   - command: The text of a task.
  ///   - variable: The value of a variable; `nil` when it is not known.
  /// - Returns: the names in their order, up to the first that cannot be told from the text; none for
  ///   lists and pipelines, parts of which may run.
  package mutating func names(
    in command: some Sequence<UInt8>,
    variable: (String) -> [UInt8]?
  ) -> [[UInt8]] {
    guard case .accepted = parser.parse({ $0.append(contentsOf: command) }), parser.root >= 0 else {
      return []
    }
    let pipeline = parser.node(parser.root).firstChild
    guard pipeline >= 0, pipeline == parser.node(parser.root).lastChild,
      let command = parser.soleCommand(of: pipeline), parser.node(command).kind != .function
    else { return [] }
    var names: [[UInt8]] = []
    for redirection in parser.redirections(of: command) {
      guard let target = ShellTarget(redirection, parser) else { continue }
      let name = parser.literal(target.word, variable: variable)
      guard !name.contains(ShellParser.expansion) else { break }
      names.append(name)
    }
    return names
  }
}
