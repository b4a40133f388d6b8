/// The last line of a run: the command that goes on from it.
package struct ResumeLine: Sendable, Equatable {
  /// What it is for, as `to go on`.
  package let purpose: String
  /// The command, as it stands there.
  package let command: String

  /// Finds it in what a run has said; `nil` when there is none.
  package init?(in outcome: ProgramOutcome) {
    let lines = outcome.errorText.split(separator: "\n").map(String.init)
    guard let line = lines.last(where: { $0.hasPrefix("to go on") || $0.hasPrefix("to run what") }),
      let colon = line.firstRange(of: ": ")
    else { return nil }
    purpose = String(line[..<colon.lowerBound])
    command = String(line[colon.upperBound...])
  }

  /// Finds the last one in a log, or on a terminal's screen; `nil` when there is none.
  package init?(inText text: String) {
    let lines = text.split { $0.isNewline }
    guard
      let found = lines.compactMap({ $0.firstMatch(of: /(to (?:go on|run what)[^:]*): (.*)/) }).last
    else { return nil }
    purpose = String(found.1)
    command = String(found.2)
  }

  /// The command pasted into bash, to be run in a folder.
  ///
  /// - Parameters:
  ///   - folder: Where the run was started.
  ///   - commands: The installed commands that PATH has; `nil` for none.
  /// - Returns: bash with that line.
  package func pasted(
    in folder: TemporaryFolder,
    with commands: InstalledCommands? = nil
  ) -> Program {
    commands.map { $0.shell(command, in: folder) }
      ?? Program("/bin/bash", ["-c", command], in: folder)
  }
}
