/// What the server asks of the machine that it runs on, which it does not touch itself.
///
/// Paths are absolute. What cannot be found out counts as not there.
package protocol Surroundings: Sendable {
  /// The settings that `disbatch check` would use for a task file.
  ///
  /// - Parameter path: The file; nil for text that is in no file.
  /// - Returns: The nearest file's bytes, not read for errors yet.
  func settings(forTasksAt path: String?) -> SettingsSource

  /// What a path names.
  func kind(of path: String) -> FileKind?

  /// The names in a folder.
  func names(in folder: String) -> [String]
}

/// A settings file as it was read.
package enum SettingsSource: Sendable, Hashable {
  /// There is none.
  case none
  case file(path: String, bytes: [UInt8])
  /// There is one, but it cannot be read, for this reason.
  case unreadable(reason: String)
}

/// What a path names.
package enum FileKind: Sendable, Hashable { case file, folder, other }

/// Surroundings in which there is nothing.
package struct NoSurroundings: Surroundings {
  package init() {}
  package func settings(forTasksAt path: String?) -> SettingsSource { .none }
  package func kind(of path: String) -> FileKind? { nil }
  package func names(in folder: String) -> [String] { [] }
}
