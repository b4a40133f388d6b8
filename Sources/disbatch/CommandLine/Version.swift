/// The version of the program.
enum Version {
  /// Bare, as `--version` prints it.
  static let current = "0.1.0"
}
