/// The exit codes that scripts may rely on.
enum ExitCode {
  /// It went well; of `run`: it ended by itself, whether tasks failed or not.
  static let success: Int32 = 0
  /// Findings that fail; of `run`: what was asked to count as failure, or tasks remain.
  static let failure: Int32 = 1
  /// Bad usage, an unreadable file, a file that is refused.
  static let usage: Int32 = 2
}
