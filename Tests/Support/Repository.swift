import FoundationEssentials

/// The folder that this source was built from.
package enum Repository {
  /// Its absolute path.
  package static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The absolute path of a file in it.
  package static func file(_ name: String) -> String { path + "/" + name }
}
