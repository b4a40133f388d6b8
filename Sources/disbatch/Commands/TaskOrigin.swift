import TaskLang
import TaskRuntime

/// Where a run's tasks come from, and how they can be had again.
///
/// It is looked at before the run, since a file system may not answer behind it.
enum TaskOrigin {
  /// A file that lies there under the name that was given, or lines of the command line itself.
  case lasting
  /// A file that the caller has opened under this number, and that has this path.
  case redirected(Int32, String)
  /// What can be read only once, by its name; `nil` for standard input.
  case stream(String?)

  /// Looks at what a command line names.
  init(_ input: RunOptions.Input) {
    switch input {
    case .file(let path): self.init(path)
    case .standardInput: self.init("-")
    case .lines: self = .lasting
    }
  }

  private init(_ file: String) {
    if let number = Self.descriptor(file) {
      let path = Self.path(of: number, isReadOn: file == "-")
      self = path.map { .redirected(number, $0) } ?? .stream(number == 0 ? nil : file)
    } else {
      self = (try? FileSystem.status(of: file))?.kind == .other ? .stream(file) : .lasting
    }
  }

  /// The number of the descriptor that a name stands for.
  private static func descriptor(_ file: String) -> Int32? {
    if file == "-" || file == "/dev/stdin" { return 0 }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where file.hasPrefix(folder) {
      return Int32(file.dropFirst(folder.count))
    }
    return nil
  }

  /// The path of an open file, if it is a regular one that still has that name.
  ///
  /// - Parameters:
  ///   - descriptor: Its number.
  ///   - isReadOn: Whether it is read from where its owner has read to, which must be its beginning
  ///     then; else it is opened anew.
  /// - Returns: `nil` for what cannot be opened anew by a path.
  private static func path(of descriptor: Int32, isReadOn: Bool) -> String? {
    let link = "/proc/self/fd/\(descriptor)"
    let path = FileSystem.realPath(link)
    guard let opened = try? FileSystem.status(of: link), opened.kind == .file,
      let named = try? FileSystem.status(of: path),
      opened.inode == named.inode, opened.device == named.device
    else { return nil }
    guard isReadOn, let input = try? FileDescriptor.standardInput() else { return path }
    return (try? input.place()) == 0 ? path : nil
  }

  /// Whether it can be read twice by the name that was given.
  var isLasting: Bool { if case .lasting = self { true } else { false } }

  /// What a command line has behind its words to have the tasks again.
  var redirection: String {
    guard case .redirected(let number, let path) = self else { return "" }
    return " \(number == 0 ? "" : "\(number)")< \(ShellWord.shown(path))"
  }

  /// What is to be done beside pasting a command line; empty where that is all.
  var request: String {
    switch self {
    case .lasting, .redirected: ""
    case .stream(nil): ", pipe the same tasks into"
    case .stream(let name?): ", with the same tasks in \(MessageText.drawn(name)) again"
    }
  }
}
