import Synchronization
import TaskLangLSP

/// A few files in memory, around a server under test.
final class World: Surroundings {
  /// Contents by path; nil for a folder.
  private let files: Mutex<[String: String?]>

  init(_ files: [String: String] = [:], folders: [String] = []) {
    var all: [String: String?] = files.mapValues { $0 }
    for folder in folders { all[folder] = .some(nil) }
    self.files = Mutex(all)
  }

  /// Writes a file, or takes it away.
  func put(_ path: String, _ text: String?) {
    files.withLock { files in
      if let text { files[path] = .some(text) } else { files[path] = nil }
    }
  }

  /// The file `.disbatchrc` beside the tasks.
  func settings(forTasksAt path: String?) -> SettingsSource {
    guard let path, let slash = path.lastIndex(of: "/") else { return .none }
    let name = path[..<slash] + "/.disbatchrc"
    return files.withLock { files in
      guard let entry = files[String(name)] else { return .none }
      guard let text = entry else {
        return .unreadable(reason: "cannot read '\(name)': it is a directory")
      }
      return .file(path: String(name), bytes: Array(text.utf8))
    }
  }

  func kind(of path: String) -> FileKind? {
    files.withLock { files in
      guard let entry = files[path] else { return nil }
      return entry == nil ? .folder : .file
    }
  }

  func names(in folder: String) -> [String] {
    files.withLock { files in
      files.keys.filter { $0.hasPrefix(folder + "/") }
        .map { String($0.dropFirst(folder.count + 1)) }
        .filter { !$0.contains("/") }
    }
  }
}
