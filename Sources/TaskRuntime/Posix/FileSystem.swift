import CLinux
import Glibc

/// Questions to and changes of the file system, by path.
package enum FileSystem {
  /// What kind of thing a path names.
  package enum Kind: Hashable, Sendable {
    case file
    case directory
    /// A pipe, a device, a socket.
    case other
  }

  /// Which file it is, and what is known of it.
  package struct Status: Hashable, Sendable {
    package var kind: Kind
    package var device: UInt64
    package var inode: UInt64
    package var size: Int64
    /// Whether it is a terminal or another device.
    package var isDevice: Bool
    /// How many names it has.
    package var links: UInt64

    /// Whether both are of one file.
    package func isSameFile(as other: Status) -> Bool {
      inode == other.inode && device == other.device
    }
  }

  /// Looks at what a path names, through symbolic links.
  package static func status(of path: String) throws(Errno) -> Status {
    var result = stat()
    _ = try retrying { unsafe stat(path, &result) }
    return Status(result)
  }

  /// Looks at an open file.
  package static func status(of descriptor: borrowing FileDescriptor) throws(Errno) -> Status {
    let number = descriptor.rawValue
    var result = stat()
    _ = try retrying { unsafe fstat(number, &result) }
    return Status(result)
  }

  /// Looks at what standard input is; `nil` when it is closed.
  package static var statusOfStandardInput: Status? {
    var result = stat()
    return unsafe fstat(0, &result) == 0 ? Status(result) : nil
  }

  /// Whether a path names a directory.
  package static func isDirectory(_ path: String) -> Bool {
    (try? status(of: path))?.kind == .directory
  }

  /// The names in a directory but `.` and `..`; none when it cannot be read.
  package static func names(in directory: String) -> [String] {
    guard let stream = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The first bytes of a file, as many as the buffer has room for.
  ///
  /// - Returns: `nil` when it cannot be read.
  package static func head(
    of path: String,
    through buffer: inout ContiguousArray<UInt8>
  ) -> ContiguousArray<UInt8>.SubSequence? {
    guard let file = try? FileDescriptor(opening: path, for: .reading) else { return nil }
    var count = 0
    while count < buffer.count {
      let transfer = unsafe buffer.withUnsafeMutableBytes { room in
        try? unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      }
      guard case .bytes(let more)? = transfer else { break }
      count += more
    }
    return buffer[..<count]
  }

  /// All bytes of a file, such as one of /proc, whose size nobody tells beforehand.
  ///
  /// - Returns: `nil` when it cannot be read.
  package static func bytes(of path: String) -> ContiguousArray<UInt8>? {
    guard let file = try? FileDescriptor(opening: path, for: .reading) else { return nil }
    var bytes: ContiguousArray<UInt8> = []
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 13)
    while true {
      switch try? file.read(into: &buffer) {
      case .bytes(let count)?: bytes.append(contentsOf: buffer[..<count])
      case .ended?: return bytes
      case .wouldBlock?, nil: return nil
      }
    }
  }

  /// The text of a small file, such as those of /proc and /sys.
  package static func text(of path: String) -> String? {
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    return head(of: path, through: &buffer).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The absolute path without symbolic links, as far as the path exists.
  ///
  /// What does not exist is kept as it is written, behind the rest, with `.` and `..` taken out, also
  /// where a link leads to it; this is what Python's `os.path.realpath` gives.
  package static func realPath(_ path: String) -> String { realPath(path, linkLimit: 40) }

  private static func realPath(_ path: String, linkLimit: Int) -> String {
    if let resolved = unsafe realpath(path, nil) {
      defer { unsafe free(resolved) }
      return unsafe String(cString: resolved)
    }
    var components = path.split(separator: "/", omittingEmptySubsequences: true)
    guard let last = components.popLast() else {
      return path.hasPrefix("/") ? "/" : workingDirectory
    }
    let parent = (path.hasPrefix("/") ? "/" : "") + components.joined(separator: "/")
    let base = realPath(parent.isEmpty ? "." : parent, linkLimit: linkLimit)
    switch last {
    case ".": return base
    case "..":
      return base.lastIndex(of: "/").map { String(base[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 }
        ?? "/"
    default:
      let name = base == "/" ? "/\(last)" : "\(base)/\(last)"
      guard linkLimit > 0, let target = linkTarget(of: name) else { return name }
      return realPath(
        target.hasPrefix("/") ? target : "\(base)/\(target)",
        linkLimit: linkLimit - 1
      )
    }
  }

  /// What a symbolic link says; nil for everything else.
  private static func linkTarget(of path: String) -> String? {
    let room = Int(PATH_MAX)
    var buffer = [UInt8](repeating: 0, count: room)
    // Writes no more than the buffer holds.
    let count = unsafe readlink(path, &buffer, room)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// The path of a program.
  ///
  /// - Parameter name: Its path, if it has a slash; else it is looked for in PATH, then where
  ///   administrators' programs are.
  /// - Returns: `nil` when there is none that this process may run.
  package static func program(_ name: String) -> String? {
    let folders = (EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    let paths =
      name.contains("/")
      ? [name] : (folders + ["/usr/sbin", "/sbin", "/usr/lib"]).map { "\($0)/\(name)" }
    return paths.first { path in
      unsafe access(path, X_OK) == 0 && (try? status(of: path))?.kind == .file
    }
  }

  /// The path under which the kernel knows an open file.
  package static func path(of descriptor: borrowing FileDescriptor) -> String? {
    guard let resolved = unsafe realpath("/proc/self/fd/\(descriptor.rawValue)", nil) else {
      return nil
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Where this process runs.
  package static var workingDirectory: String {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Makes a folder, whose parent must be there.
  ///
  /// - Throws: `Errno.exists` when there is something of this name.
  package static func makeFolder(_ path: String) throws(Errno) {
    _ = try retrying { unsafe mkdir(path, 0o777) }
  }

  /// Makes sure that a file can be written, or made in its folder, and changes nothing.
  ///
  /// - Throws: why it cannot.
  package static func checkWritable(file path: String) throws(Errno) {
    do throws(Errno) {
      guard try status(of: path).kind != .directory else { throw Errno.isDirectory }
      _ = try retrying { unsafe access(path, W_OK) }
    } catch .noSuchFile {
      try checkWritable(folder(of: path))
    }
  }

  /// Makes sure that files can be made in a folder.
  ///
  /// - Throws: why they cannot.
  package static func checkWritable(_ folder: String) throws(Errno) {
    _ = try retrying { unsafe access(folder, W_OK | X_OK) }
  }
}

extension FileSystem.Status {
  fileprivate init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      default: .other
      }
    isDevice = [S_IFCHR, S_IFBLK].contains(raw.st_mode & S_IFMT)
    device = UInt64(raw.st_dev)
    inode = UInt64(raw.st_ino)
    size = Int64(raw.st_size)
    links = UInt64(raw.st_nlink)
  }
}
