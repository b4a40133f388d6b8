import TaskLang
import TaskRuntime

/// Which settings the checks of a file have: the nearest `.disbatchrc`, or what the user named.
struct SettingsLookup {
  /// Settings and where they stand.
  struct Found {
    var settings = SettingsFile()
    /// What stands in the file.
    var source: [UInt8] = []
    /// The file, as messages call it; nil where there is none.
    var path: String?
    /// Whether the file is met for the first time, so that its findings are news.
    var isNew = false
  }

  private static let name = ".disbatchrc"

  private let namedPath: String?
  private let isOff: Bool
  /// By the bytes of the path: for Swift, strings with marks put together or apart are equal.
  private var known: [[UInt8]: Found] = [:]

  /// Reads `--config` and `--no-config`.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    namedPath = arguments.value(.config)
    isOff = arguments.has(.noConfig)
    if isOff, namedPath != nil {
      throw UsageError("--config and --no-config exclude each other")
    }
  }

  /// The settings for a task file; those for standard input are those of the working directory.
  ///
  /// - Throws: `UsageError` when a settings file cannot be read.
  mutating func settings(for file: String) throws(UsageError) -> Found {
    guard !isOff, let path = namedPath ?? Self.path(for: file) else { return Found() }
    let key = SystemText.bytes(of: path)
    if let found = known[key] { return found }
    let source = try InputFile(path).readWhole()
    var found = Found(settings: SettingsFile(source), source: source, path: path)
    known[key] = found
    found.isNew = true
    return found
  }

  /// The nearest settings file: in the file's folder, in those above it, in the user's.
  private static func path(for file: String) -> String? {
    let folder = file == "-" ? nil : PathText.folder(of: file)
    var path = FileSystem.realPath(folder ?? ".")
    while true {
      let candidate = (path == "/" ? "" : path) + "/" + name
      if isFile(candidate) { return candidate }
      guard path != "/", let parent = PathText.folder(of: path) else { break }
      path = parent
    }
    return userPath.flatMap { isFile($0) ? $0 : nil }
  }

  /// The user's settings, by the XDG Base Directory Specification: a relative path does not count.
  private static var userPath: String? {
    if let folder = EnvironmentVariable.value("XDG_CONFIG_HOME"), PathText.isAbsolute(folder) {
      return folder + "/disbatch/config"
    }
    guard let home = EnvironmentVariable.value("HOME"), PathText.isAbsolute(home) else {
      return nil
    }
    return home + "/.config/disbatch/config"
  }

  private static func isFile(_ path: String) -> Bool {
    do { return try FileSystem.status(of: path).kind == .file } catch { return false }
  }
}
