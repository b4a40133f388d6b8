import CLinux
import Glibc

/// Changes of names.
extension FileSystem {
  /// Renames a file unless something has the new name already.
  ///
  /// - Throws: `Errno.exists` then.
  package static func rename(_ old: String, toNew new: String) throws(Errno) {
    _ = try retrying { unsafe clinux_rename_new(old, new) }
  }

  /// Renames a file, which takes the place of what has the new name.
  package static func rename(_ old: String, over new: String) throws(Errno) {
    _ = try retrying { unsafe Glibc.rename(old, new) }
  }

  /// Gives a file a second name, which must be new.
  ///
  /// - Throws: `Errno.exists` when it is not; not every file system has such names.
  package static func link(_ old: String, toNew new: String) throws(Errno) {
    _ = try retrying { unsafe Glibc.link(old, new) }
  }

  /// Exchanges two names at once; not every file system can do that.
  package static func exchange(_ one: String, _ other: String) throws(Errno) {
    _ = try retrying { unsafe clinux_exchange(one, other) }
  }

  /// Removes the name of a file.
  package static func remove(_ path: String) throws(Errno) {
    _ = try retrying { unsafe unlink(path) }
  }

  /// The folder that a path's last part is in.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the names in the folder of a path survive a crash of the host, where that can be done.
  package static func makeNameDurable(_ path: String) {
    guard let folder = try? FileDescriptor(opening: folder(of: path), for: .reading) else { return }
    _ = fsync(folder.rawValue)
  }
}
