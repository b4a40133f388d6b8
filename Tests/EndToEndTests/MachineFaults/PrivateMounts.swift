import TestSupport

/// A shell that can mount what it likes and that nobody else sees.
enum PrivateMounts {
  /// Whether there can be one.
  static let arePossible: Bool = {
    guard Machine.isRoot, Machine.has("/usr/bin/unshare") else { return false }
    let trial = try? Program("/usr/bin/unshare", ["-m", "/bin/true"]).run()
    return trial?.ending == .exited(0)
  }()

  /// What a test that needs one says when it is left out.
  static let need = "needs root and mount name spaces"

  /// A script in which `disbatch` is the executable under test; `folder` is where it runs.
  static func shell(_ script: String, in folder: TemporaryFolder) -> Program {
    let head = """
      mount --make-rprivate /
      disbatch() { '\(Disbatch.path)' "$@"; }

      """
    return Program("/usr/bin/unshare", ["-m", "/bin/bash", "-c", head + script], in: folder)
  }
}
