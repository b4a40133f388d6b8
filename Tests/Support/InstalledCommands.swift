/// The scripts that `scripts/install` puts on the PATH, in front of the executable under test.
package struct InstalledCommands: Sendable {
  private let folder: TemporaryFolder
  private let prefix: String

  /// The folder of the commands `disbatch` and `disBatch`.
  package var binaries: String { prefix + "/bin" }

  /// Installs them into a folder of their own.
  ///
  /// - Parameter name: The prefix in there; the folder itself if there is none.
  /// - Throws: when `scripts/install` fails.
  package init(under name: String = "") throws {
    folder = try TemporaryFolder()
    prefix = name.isEmpty ? folder.path : folder.file(name)
    let install = Program(
      Repository.file("scripts/install"),
      ["--prefix", prefix, "--executable", Disbatch.path]
    )
    let outcome = try install.run(seconds: 300)
    guard outcome.ending == .exited(0) else { throw InstallFailure(outcome: outcome) }
  }

  /// A line of shell that finds the commands on its PATH first.
  package func shell(_ line: String, in folder: TemporaryFolder) -> Program {
    let program = Program("/bin/bash", ["-c", line], in: folder)
    let path = program.environment["PATH"] ?? "/usr/bin:/bin"
    return program.setting("PATH", to: "\(binaries):\(path)")
  }

  /// The installation did not go well.
  private struct InstallFailure: Error, CustomStringConvertible {
    let outcome: ProgramOutcome
    var description: String { "scripts/install: \(outcome)" }
  }
}
