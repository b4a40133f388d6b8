import Glibc

/// A file that takes another's place when it is complete, and leaves no trace when it is not.
package struct Replacement: ~Copyable {
  /// The new file, open for writing.
  package let file: FileDescriptor
  private let temporaryPath: String
  private let path: String
  private var isKept = false

  /// Makes a new file beside `path`, with the permissions of what is there.
  ///
  /// - Throws: why there can be none.
  package init(of path: String) throws(Errno) {
    self.path = FileSystem.realPath(path)
    var facts = stat()
    let exists =
      (try? unsafe SystemPath.retrying(self.path) { unsafe stat($0, &facts) }) != nil
    var random = SystemRandomNumberGenerator()
    while true {
      let name = "\(self.path).\(String(random.next() as UInt64, radix: 36))"
      do {
        file = try FileDescriptor(opening: name, for: .creating, permissions: 0o666)
        temporaryPath = name
        break
      } catch .exists {
        continue
      }
    }
    if exists { _ = fchmod(file.rawValue, facts.st_mode & 0o7777) }
  }

  deinit {
    if !isKept { _ = try? unsafe SystemPath.retrying(temporaryPath) { unsafe unlink($0) } }
  }

  /// Puts the file in its place.
  package mutating func keep() throws(Errno) {
    try unsafe SystemPath.retrying(temporaryPath, path) { unsafe rename($0, $1) }
    isKept = true
  }
}
