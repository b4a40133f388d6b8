/// The script under which the executable stands on the PATH.
///
/// sbatch accepts nothing else, and runs a copy of it, under another name and elsewhere; so the
/// executable is named by its absolute path. Its interpreter is the executable itself: a shell on the
/// way would change the environment. dash drops every variable whose name is no identifier, with them
/// the functions that bash exports; bash runs BASH_ENV, which is the task's own shell's to do.
struct CommandScript: Sendable {
  /// The word that asks for the text of a command, `scripts/install` being who asks.
  static let request = "--command-script="

  /// The absolute path of the executable.
  let executable: String
  /// The name of the command.
  let name: String

  /// How many bytes of a first line every kernel reads; before 5.1 not one more.
  private static let longestFirstLine = 127

  /// The whole script.
  ///
  /// Whoever reads it as a shell script (`bash disbatch`, qsub) passes over the first line and carries
  /// out the second.
  var text: String {
    let first = "#!\(executable) \(CalledWords.option)\(name)\(CalledWords.scriptMark)"
    let call = "exec \(quotedExecutable) \(CalledWords.option)\(name) \"$@\"\n"
    return canBeInterpreter(first) ? first + "\n" + call : Self.bashBeginning + call
  }

  /// Whether the kernel finds the executable in such a first line, which it divides at blanks.
  private func canBeInterpreter(_ line: String) -> Bool {
    line.utf8.count <= Self.longestFirstLine
      && !executable.utf8.contains { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
  }

  /// The path for any shell; not for a terminal, so that dash understands it too.
  private var quotedExecutable: String {
    "'" + executable.replacing("'", with: #"'\''"#) + "'"
  }

  /// What stands in front of the call where a path has blanks, or is too long for a first line.
  ///
  /// With -p bash runs no BASH_ENV and makes no functions of variables: what it does not know it hands
  /// on as it is. Where SHELLOPTS is exported it would hand on that it was called so, and the tasks'
  /// shells would be too; hence `set +p`. env -S could do without a shell, but neither is its quoting
  /// understood everywhere, nor may its line be longer.
  private static let bashBeginning = """
    #!/bin/bash -p
    # A shell, because the kernel finds no interpreter whose path has blanks or is this long. With -p
    # it passes exported functions on unread and runs no BASH_ENV; set +p keeps that from the tasks.
    [ -z "${BASH_VERSION-}" ] || set +p

    """
}
