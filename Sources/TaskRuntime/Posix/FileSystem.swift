import CLinux
import Glibc
import TaskLang

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
    try unsafe SystemPath.retrying(path) { unsafe stat($0, &result) }
    return Status(result)
  }

  /// Whether a path names a symbolic link.
  package static func isLink(_ path: String) -> Bool {
    var result = stat()
    let isThere = (try? unsafe SystemPath.retrying(path) { unsafe lstat($0, &result) }) != nil
    return isThere && result.st_mode & S_IFMT == S_IFLNK
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
    let opened = try? unsafe SystemPath.lend(directory) { (lent) throws(Errno) in
      unsafe opendir(lent)
    }
    guard let stream = unsafe opened ?? nil else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe SystemPath.text(at: $0)
        }
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

  /// The text of a small file, such as those of /proc and /sys, as `SystemText` has it.
  package static func text(of path: String) -> String? {
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    return head(of: path, through: &buffer).map { SystemText.text(of: $0) }
  }

  /// The absolute path without symbolic links, as far as the path exists.
  ///
  /// What does not exist is kept as it is written, behind the rest, with `.` and `..` taken out, also
  /// where a link leads to it; this is what Python's `os.path.realpath` gives.
  package static func realPath(_ path: String) -> String { realPath(path, linkLimit: 40) }

  private static func realPath(_ path: String, linkLimit: Int) -> String {
    if let resolved = resolved(path) { return resolved }
    var components = PathText.parts(of: path)
    guard let last = components.popLast() else {
      return PathText.isAbsolute(path) ? "/" : workingDirectory
    }
    let parent = (PathText.isAbsolute(path) ? "/" : "") + components.joined(separator: "/")
    // A working directory that was removed cannot be resolved, and neither can one that cannot be read.
    let base = parent.isEmpty ? workingDirectory : realPath(parent, linkLimit: linkLimit)
    switch last {
    case ".": return base
    case "..": return PathText.folder(of: base) ?? "/"
    default:
      let name = base == "/" ? "/\(last)" : "\(base)/\(last)"
      guard linkLimit > 0, let target = linkTarget(of: name) else { return name }
      return realPath(
        PathText.isAbsolute(target) ? target : "\(base)/\(target)",
        linkLimit: linkLimit - 1
      )
    }
  }

  /// A path that exists, absolute and without symbolic links.
  private static func resolved(_ path: String) -> String? {
    let resolved = try? unsafe SystemPath.lend(path) { (lent) throws(Errno) in
      unsafe realpath(lent, nil).map { unsafe SystemPath.text(taking: $0) }
    }
    return resolved ?? nil
  }

  /// What a symbolic link says; nil for everything else.
  private static func linkTarget(of path: String) -> String? {
    let room = Int(PATH_MAX)
    var buffer = [UInt8](repeating: 0, count: room)
    // Writes no more than the buffer holds.
    let count = try? unsafe SystemPath.retrying(path) { unsafe readlink($0, &buffer, room) }
    return count.map { SystemText.text(of: buffer[..<$0]) }
  }

  /// The path of a program.
  ///
  /// - Parameter name: Its path, if it has a slash; else it is looked for in PATH, then where
  ///   administrators' programs are.
  /// - Returns: `nil` when there is none that this process may run.
  package static func program(_ name: String) -> String? {
    let folders = (EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin").unicodeScalars
      .split(separator: ":").map { String($0) }
    let paths =
      PathText.folder(of: name) != nil
      ? [name] : (folders + ["/usr/sbin", "/sbin", "/usr/lib"]).map { "\($0)/\(name)" }
    return paths.first { path in
      (try? unsafe SystemPath.retrying(path) { unsafe access($0, X_OK) }) != nil
        && (try? status(of: path))?.kind == .file
    }
  }

  /// The path under which the kernel knows an open file.
  package static func path(of descriptor: borrowing FileDescriptor) -> String? {
    resolved("/proc/self/fd/\(descriptor.rawValue)")
  }

  /// Where this process runs; `.` where that has no name any more.
  package static var workingDirectory: String { namedWorkingDirectory ?? "." }

  /// Whether the folder that this process runs in still has a name, so that files can be made in it.
  package static var hasWorkingDirectory: Bool { namedWorkingDirectory != nil }

  private static var namedWorkingDirectory: String? {
    let path = unsafe getcwd(nil, 0).map { unsafe SystemPath.text(taking: $0) }
    // Outside of a changed root the kernel says "(unreachable)" in front of the rest.
    return path.flatMap { PathText.isAbsolute($0) ? $0 : nil }
  }

  /// Why something could not be done with a path, for people.
  package static func reason(_ reason: Errno, for path: String) -> String {
    guard reason == .noSuchFile, !PathText.isAbsolute(path), !hasWorkingDirectory else {
      return reason.text
    }
    return "the working directory has been removed"
  }

  /// Makes a folder, whose parent must be there.
  ///
  /// - Throws: `Errno.exists` when there is something of this name.
  package static func makeFolder(_ path: String) throws(Errno) {
    try unsafe SystemPath.retrying(path) { unsafe mkdir($0, 0o777) }
  }

  /// Makes sure that a file can be written, or made in its folder, and changes nothing.
  ///
  /// - Throws: why it cannot.
  package static func checkWritable(file path: String) throws(Errno) {
    do throws(Errno) {
      guard try status(of: path).kind != .directory else { throw Errno.isDirectory }
      try unsafe SystemPath.retrying(path) { unsafe access($0, W_OK) }
    } catch .noSuchFile {
      try checkWritable(folder(of: path))
    }
  }

  /// Makes sure that files can be made in a folder.
  ///
  /// - Throws: why they cannot.
  package static func checkWritable(_ folder: String) throws(Errno) {
    try unsafe SystemPath.retrying(folder) { unsafe access($0, W_OK | X_OK) }
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
