import Glibc

/// Locks on open files, which end with whoever holds them, however that ends.
///
/// Source: flock(2). A run holds an exclusive lock on what it alone may write.
package enum FileLock {
  /// How often a lock is asked for that somebody looks at, a millisecond apart.
  private static let mostAttempts = 500

  /// Locks a file for this process and whoever inherits the descriptor.
  ///
  /// - Returns: whether nobody else has it locked.
  /// - Throws: what the system says, as on a file system without locks.
  package static func take(_ file: borrowing FileDescriptor) throws(Errno) -> Bool {
    for _ in 0..<mostAttempts {
      if try attempt(LOCK_EX, on: file) { return true }
      // Whoever asks `isHeld` has it shared for a moment; with a run's own lock it cannot be shared.
      guard try attempt(LOCK_SH, on: file) else { return false }
      release(file)
      usleep(1000)
    }
    return false
  }

  /// Whether somebody holds the lock of a file; one without locks is held by nobody.
  ///
  /// The holder, and who is about to be, is not disturbed.
  package static func isHeld(_ file: borrowing FileDescriptor) -> Bool {
    guard let isFree = try? attempt(LOCK_SH, on: file) else { return false }
    if isFree { release(file) }
    return !isFree
  }

  /// The process on this host that holds the lock of a file; `nil` when that is not known.
  package static func holder(of file: borrowing FileDescriptor) -> Int32? {
    guard let own = try? FileSystem.status(of: file), let table = FileSystem.text(of: "/proc/locks")
    else { return nil }
    var processes: [Int32] = []
    for line in table.split(separator: "\n") {
      // As "1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF". Some file systems tell another device
      // there than stat(2) does, so the number of the file has to do.
      let fields = line.split(separator: " ")
      guard fields.count > 5, fields[1] == "FLOCK", fields[3] == "WRITE",
        let process = Int32(fields[4]), process > 0,
        fields[5].split(separator: ":").last == "\(own.inode)"
      else { continue }
      processes.append(process)
    }
    return processes.count == 1 ? processes[0] : nil
  }

  private static func attempt(
    _ kind: Int32,
    on file: borrowing FileDescriptor
  ) throws(Errno) -> Bool {
    let number = file.rawValue
    do {
      _ = try retrying { flock(number, kind | LOCK_NB) }
      return true
    } catch .wouldBlock {
      return false
    }
  }

  private static func release(_ file: borrowing FileDescriptor) {
    _ = flock(file.rawValue, LOCK_UN)
  }
}
