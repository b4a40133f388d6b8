/// The status file of a run, locked by its driver from the first to the last row.
package struct StatusFile {
  /// The file, empty.
  package let file: WrittenFile
  /// The name that an earlier run's file was given; `nil` when there was none.
  package let renamedOld: String?
  /// Whether the file system has no locks, so that a second run is not kept out.
  package let isUnlocked: Bool

  /// Makes the file and locks it.
  ///
  /// The lock is flock(2) on the open file; it ends with the driver, however that ends. An earlier
  /// run's file is renamed with the first free number, never truncated.
  ///
  /// - Parameter path: Its path.
  /// - Throws: `RunError`: a live run has it, or it cannot be made.
  package init(claiming path: String) throws(RunError) {
    // Another run may rename the file between opening and locking; it is then opened anew.
    while true {
      let descriptor = try Self.open(path, for: .updating)
      guard let isLocked = try Self.lock(descriptor, path) else { continue }
      let size = (try? FileSystem.status(of: descriptor))?.size ?? 0
      guard size > 0 else {
        renamedOld = nil
        isUnlocked = !isLocked
        file = WrittenFile(rows: descriptor)
        return
      }
      let old = try Self.moveAway(path)
      let new: FileDescriptor
      do {
        new = try FileDescriptor(opening: path, for: .creating)
      } catch .exists {
        throw RunError.usage("another run has just taken \(path)")
      } catch {
        throw RunError.place("cannot make \(path)", error)
      }
      guard try Self.lock(new, path) != nil else {
        throw RunError.usage("another run has just taken \(path)")
      }
      renamedOld = old
      isUnlocked = !isLocked
      file = WrittenFile(rows: new)
      return
    }
  }

  private static func open(
    _ path: String,
    for mode: FileDescriptor.Mode
  ) throws(RunError) -> FileDescriptor {
    do {
      return try FileDescriptor(opening: path, for: mode)
    } catch {
      throw RunError.place("cannot make \(path)", error)
    }
  }

  /// Locks the file that the path names.
  ///
  /// - Returns: whether the file system has locks; `nil` when the path names another file by now.
  private static func lock(
    _ descriptor: borrowing FileDescriptor,
    _ path: String
  ) throws(RunError) -> Bool? {
    var hasLocks = true
    do {
      guard try FileSystem.lock(descriptor) else {
        throw RunError.usage("\(path) belongs to a run that is going on")
      }
    } catch let error as RunError {
      throw error
    } catch {
      hasLocks = false
    }
    let opened = try? FileSystem.status(of: descriptor)
    let named = try? FileSystem.status(of: path)
    guard opened?.inode == named?.inode, opened?.device == named?.device else { return nil }
    return hasLocks
  }

  private static func moveAway(_ path: String) throws(RunError) -> String {
    var number = 1
    while true {
      let name = "\(path).\(number)"
      do {
        try FileSystem.rename(path, toNew: name)
        return name
      } catch .exists {
        number += 1
      } catch {
        throw RunError.place("cannot rename the old \(path)", error)
      }
    }
  }
}
