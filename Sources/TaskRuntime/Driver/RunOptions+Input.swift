import TaskLang

extension RunOptions {
  /// Where the tasks come from.
  package enum Input: Hashable, Sendable {
    case file(String)
    case standardInput
    /// Lines of a task file, as the command line has them (`--task`).
    case lines([String])

    /// How messages call it.
    package var title: String {
      switch self {
      case .file(let path): path
      case .standardInput: "standard input"
      case .lines: "--task"
      }
    }

    /// The name that files and `DISBATCH_NAMETASKS` show.
    package var name: String {
      switch self {
      case .file(let path): PathText.name(of: path)
      case .standardInput: "stdin"
      case .lines: "task"
      }
    }

    /// Whether what was read can be read again.
    package var canBeReadTwice: Bool {
      switch self {
      case .file(let path): (try? FileSystem.status(of: path))?.kind == .file
      case .standardInput: false
      case .lines: true
      }
    }

    /// Opens it at its beginning, standard input where it is.
    ///
    /// - Throws: `RunError` when it cannot be read.
    package func open() throws(RunError) -> FileDescriptor {
      do throws(Errno) {
        let descriptor = try openOnce()
        if try FileSystem.status(of: descriptor).kind == .directory { throw Errno.isDirectory }
        return descriptor
      } catch {
        throw RunError.usage("cannot read \(title): \(error.text)")
      }
    }

    private func openOnce() throws(Errno) -> FileDescriptor {
      switch self {
      case .file(let path): return try FileDescriptor(opening: path, for: .reading)
      case .standardInput: return try FileDescriptor.standardInput()
      case .lines(let lines):
        let file = try FileDescriptor.memoryFile()
        let bytes = lines.flatMap { SystemText.bytes(of: $0) + [UInt8(ascii: "\n")] }
        try file.writeAll(bytes.span)
        try file.go(to: 0)
        return file
      }
    }
  }
}
