import TaskLangLSP
import TaskRuntime

/// The machine, as the language server asks about it.
struct EditorSurroundings: Surroundings {
  /// Knows of no file yet, so that each question is answered from the files as they are.
  private let lookup: SettingsLookup

  init(_ lookup: SettingsLookup) { self.lookup = lookup }

  func settings(forTasksAt path: String?) -> SettingsSource {
    var lookup = lookup
    do {
      let found = try lookup.settings(for: path ?? "-")
      return found.path.map { .file(path: FileSystem.realPath($0), bytes: found.source) } ?? .none
    } catch {
      return .unreadable(reason: error.message)
    }
  }

  func kind(of path: String) -> FileKind? {
    do throws(Errno) {
      return switch try FileSystem.status(of: path).kind {
      case .file: .file
      case .directory: .folder
      case .other: .other
      }
    } catch {
      return nil
    }
  }

  func names(in folder: String) -> [String] { FileSystem.names(in: folder) }
}
