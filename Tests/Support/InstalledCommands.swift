/// The scripts that `scripts/install` puts on the PATH, in front of the executable under test.
package struct InstalledCommands: Sendable {
  private let folder: TemporaryFolder

  /// The folder of the commands `disbatch` and `disBatch`.
  package var binaries: String { folder.file("bin") }

  /// Installs them into a folder of their own.
  package init() throws {
    folder = try TemporaryFolder()
    let install = Program(
      Repository.file("scripts/install"),
      ["--prefix", folder.path, "--executable", Disbatch.path]
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
