/// A run's hold on the name of its status file, before it has one; nothing is changed by it.
///
/// What an earlier run left under the name stays there, locked, until the new file is complete.
package final class StatusClaim {
  /// The status file's path.
  package let path: String
  /// What is there already, locked; `nil` for nothing.
  let old: FileDescriptor.Shared?
  /// Whether the file system has no locks, so that a second run is not kept out.
  let isUnlocked: Bool

  /// Claims a name.
  ///
  /// - Parameter path: The status file's path.
  /// - Throws: `RunError`: a live run has it, or it is no file of a run.
  package init(_ path: String) throws(RunError) {
    self.path = path
    while true {
      let file: FileDescriptor
      do {
        file = try OwnFile.open(path, for: .updatingExisting, mayHaveOtherNames: true)
      } catch .refused(.noSuchFile) {
        (old, isUnlocked) = (nil, false)
        return
      } catch {
        throw RunError.place("cannot make \(path)", error)
      }
      let isLocked = try Self.lock(file, path)
      // Another run may have put its file in the place of this one before it was locked.
      guard Self.isNamed(file, path) else { continue }
      old = FileDescriptor.Shared(file)
      isUnlocked = !isLocked
      return
    }
  }

  /// Makes sure that a file could be made under the name, and changes nothing.
  package func checkRoom() throws(RunError) {
    do throws(Errno) {
      try FileSystem.checkWritable(FileSystem.folder(of: path))
    } catch {
      throw RunError.place("cannot make \(path)", error)
    }
  }

  /// Which file is there already; `nil` for none.
  package var oldStatus: FileSystem.Status? {
    old.flatMap { try? FileSystem.status(of: $0.descriptor) }
  }

  /// Locks a file.
  ///
  /// - Returns: whether the file system has locks.
  /// - Throws: `RunError` when a live run has it.
  static func lock(_ file: borrowing FileDescriptor, _ path: String) throws(RunError) -> Bool {
    let isFree: Bool
    do throws(Errno) { isFree = try FileLock.take(file) } catch { return false }
    guard isFree else { throw RunError.inUse(path, by: FileLock.holder(of: file)) }
    return true
  }

  /// Whether a path names an open file.
  static func isNamed(_ file: borrowing FileDescriptor, _ path: String) -> Bool {
    guard let opened = try? FileSystem.status(of: file),
      let named = try? FileSystem.status(of: path)
    else { return false }
    return opened.isSameFile(as: named)
  }
}

extension RunError {
  /// A live run has what this one wants.
  static func inUse(_ path: String, by process: Int32?) -> RunError {
    .usage("\(path) belongs to a run that is going on\(holderWords(process))")
  }

  /// Who a run is, as far as that is known, behind a noun.
  static func holderWords(_ process: Int32?) -> String {
    process.map { " (process \($0))" } ?? " (not seen from here: perhaps on another host)"
  }
}
