import FoundationEssentials

/// The program shellcheck, if it is on this machine; `scripts/test` sees to it.
package enum ShellcheckProgram {
  /// Its path.
  package static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/shellcheck" }.first(where: FileManager.default.isExecutableFile)
  }()

  /// Whether it can be asked.
  package static var isHere: Bool { path != nil }
}
