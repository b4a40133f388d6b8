import TaskLang

/// The status files that earlier runs of a task file left (`-r auto`).
enum EarlierRuns {
  private static let ending = "_status.txt"

  /// Their paths, oldest first.
  ///
  /// Where `-p` names a folder, they are all runs of this task file in it; where it is the beginning
  /// of names, they are that file and those that were renamed for it.
  static func statusFiles(_ options: RunOptions) -> [String] {
    let path = FileSystem.realPath(options.prefix)
    let folder: String
    let start: String
    if FileSystem.isDirectory(path) {
      (folder, start) = (path, options.input.name + "_disBatch_")
    } else {
      (folder, start) = (PathText.folder(of: path) ?? ".", PathText.name(of: path) + ending)
    }
    let found = FileSystem.names(in: folder).compactMap { name in
      name.utf8.starts(with: start.utf8) ? Name(name, ending) : nil
    }
    return found.sorted().map { "\(folder)/\($0.text)" }
  }

  /// A name of a status file, ordered by age: the stamp in it first, then the number behind it.
  private struct Name: Comparable {
    let text: String
    private let stem: Substring
    private let number: Int

    init?(_ text: String, _ ending: String) {
      self.text = text
      if text.hasSuffix(ending) {
        (stem, number) = (text.dropLast(ending.count), .max)
        return
      }
      guard let dot = text.lastIndex(of: "."), let number = Int(text[text.index(after: dot)...]),
        text[..<dot].hasSuffix(ending)
      else { return nil }
      (stem, self.number) = (text[..<dot].dropLast(ending.count), number)
    }

    static func < (left: Name, right: Name) -> Bool {
      (left.stem, left.number) < (right.stem, right.number)
    }
  }
}
