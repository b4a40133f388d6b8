import CLinux
import Glibc
import TaskLang

/// Changes of names.
extension FileSystem {
  /// Renames a file unless something has the new name already.
  ///
  /// - Throws: `Errno.exists` then.
  package static func rename(_ old: String, toNew new: String) throws(Errno) {
    _ = try unsafe SystemPath.retrying(old, new) { unsafe clinux_rename_new($0, $1) }
  }

  /// Renames a file, which takes the place of what has the new name.
  package static func rename(_ old: String, over new: String) throws(Errno) {
    _ = try unsafe SystemPath.retrying(old, new) { unsafe Glibc.rename($0, $1) }
  }

  /// Gives a file a second name, which must be new.
  ///
  /// - Throws: `Errno.exists` when it is not; not every file system has such names.
  package static func link(_ old: String, toNew new: String) throws(Errno) {
    _ = try unsafe SystemPath.retrying(old, new) { unsafe Glibc.link($0, $1) }
  }

  /// Exchanges two names at once; not every file system can do that.
  package static func exchange(_ one: String, _ other: String) throws(Errno) {
    _ = try unsafe SystemPath.retrying(one, other) { unsafe clinux_exchange($0, $1) }
  }

  /// Removes the name of a file.
  package static func remove(_ path: String) throws(Errno) {
    _ = try unsafe SystemPath.retrying(path) { unsafe unlink($0) }
  }

  /// The folder that a path's last part is in.
  package static func folder(of path: String) -> String {
    PathText.folder(of: path) ?? "."
  }

  /// Makes the names in the folder of a path survive a crash of the host, where that can be done.
  package static func makeNameDurable(_ path: String) {
    guard let folder = try? FileDescriptor(opening: folder(of: path), for: .reading) else { return }
    _ = fsync(folder.rawValue)
  }
}
