import TaskLang
import TaskRuntime

/// How this program is called again, by what is known of how it was called.
struct Invocation {
  /// The word that it was called by.
  let name: String
  /// The file that it is, without symbolic links.
  let executable: String
  /// Whether it was called as the reference's command.
  let isReferenceName: Bool

  /// This process's own.
  ///
  /// - Parameter isReferenceName: Whether it was called as the reference's command.
  init(isReferenceName: Bool) {
    name = ProcessArguments.name
    executable = FileSystem.realPath("/proc/self/exe")
    self.isReferenceName = isReferenceName
  }

  /// The words that call it from the same folder, whoever pastes them.
  ///
  /// In this order: the bare name, where it was called by it and PATH has it; the command that
  /// `scripts/install` puts in front of the executable, bare where PATH has it; the path it was called by.
  var words: [String] {
    let command = isReferenceName ? "disBatch" : "disbatch"
    if let script = installedScript(command) {
      return [isFound(command, as: script) ? command : script]
    }
    let path =
      PathText.folder(of: name) == nil && !isFound(name, as: executable) ? executable : name
    return isReferenceName ? [path, "--invoked-as=disBatch"] : [path]
  }

  /// The script in front of the executable: `PREFIX/bin/disbatch` of `PREFIX/libexec/disbatch/disbatch`.
  private func installedScript(_ command: String) -> String? {
    let ending = "/libexec/disbatch/disbatch"
    guard executable.hasSuffix(ending) else { return nil }
    return FileSystem.program(executable.dropLast(ending.count) + "/bin/" + command)
  }

  /// Whether the shell finds this file under a bare name.
  private func isFound(_ name: String, as file: String) -> Bool {
    FileSystem.program(name).map(FileSystem.realPath) == FileSystem.realPath(file)
  }
}
