/// A status file in the making, under a name of its own until it is complete.
///
/// It leaves nothing behind when it is given up. Of a run that is killed meanwhile it stays, and the
/// next one removes it: all that it says stands in the files that it was made from.
package final class StatusDraft {
  /// Where it is made, beside the status file.
  private let path: String
  private let file: FileDescriptor
  private var buffer: ContiguousArray<UInt8> = []
  private var size: Int64 = 0
  private var isAdopted = false

  private static let chunkBytes = 1 << 18

  /// Begins the draft of a status file.
  ///
  /// - Parameters:
  ///   - claim: The hold on the status file's name.
  ///   - say: Tells the user something in a line.
  /// - Throws: `RunError` when it cannot be made, or another run makes one.
  package init(of claim: StatusClaim, _ say: (String) -> Void) throws(RunError) {
    path = claim.path + ".new"
    file = try Self.make(path, say)
    _ = try StatusClaim.lock(file, path)
  }

  private static func make(
    _ path: String,
    _ say: (String) -> Void
  ) throws(RunError) -> FileDescriptor {
    while true {
      do throws(Errno) {
        return try FileDescriptor(opening: path, for: .creating)
      } catch .exists {
        try removeLeftover(path, say)
      } catch {
        throw RunError.place("cannot make \(path)", error)
      }
    }
  }

  deinit {
    if !isAdopted { try? FileSystem.remove(path) }
  }

  /// Removes what a run left that was killed; one that still makes its file has it locked.
  private static func removeLeftover(
    _ path: String,
    _ say: (String) -> Void
  ) throws(RunError) {
    do throws(Errno) {
      let leftover = try FileDescriptor(
        opening: path,
        for: .updatingExisting,
        followsLink: false
      )
      if (try? FileLock.take(leftover)) == false {
        throw Errno.wouldBlock
      }
      try FileSystem.remove(path)
      say("\(path) is removed: a run left it that was ended before it began")
    } catch .noSuchFile {
      // It has just got its name, or was removed by another run.
    } catch .wouldBlock {
      throw RunError.usage("another run is just beginning that uses \(path)")
    } catch {
      throw RunError.host("cannot remove \(path), which an earlier run left", error)
    }
  }

  /// Adds lines, each with its end.
  package func append(_ lines: some Sequence<UInt8>) throws(RunError) {
    buffer.append(contentsOf: lines)
    if buffer.count >= Self.chunkBytes { try flush() }
  }

  private func flush() throws(RunError) {
    var count = 0
    do throws(Errno) {
      try file.writeAll(buffer, at: size, count: &count)
    } catch {
      throw RunError.host("cannot write \(path)", error)
    }
    size += Int64(count)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left, makes all of it durable, and gives it the status file's name.
  ///
  /// There is a complete file under the name at each moment, as far as the file system allows: the old
  /// one gets a number first, without losing its name; then the new one takes the name over.
  ///
  /// - Parameter claim: The hold on the name.
  /// - Returns: the file, and the name that an old one was given.
  /// - Throws: `RunError`; all is as it was then.
  package func adopt(
    _ claim: StatusClaim
  ) throws(RunError) -> (file: WrittenFile, renamedOld: String?) {
    try flush()
    let renamed: String?
    let rows: WrittenFile
    do throws(Errno) {
      try file.makeDurable()
      rows = WrittenFile(rows: try file.copy(), end: size, path: claim.path)
      renamed = try Self.exchange(path, claim)
    } catch .exists {
      throw RunError.usage("another run has just taken \(claim.path)")
    } catch {
      throw RunError.host("cannot rename \(path) to \(claim.path)", error)
    }
    isAdopted = true
    FileSystem.makeNameDurable(claim.path)
    return (rows, renamed)
  }

  /// Puts a draft in the place of what is there.
  ///
  /// - Returns: the name of the old file; `nil` when there was none, or an empty one.
  /// - Throws: `Errno.exists` when there is one that was not there before.
  private static func exchange(
    _ draft: String,
    _ claim: StatusClaim
  ) throws(Errno) -> String? {
    let path = claim.path
    guard let size = claim.oldStatus?.size else {
      try FileSystem.rename(draft, toNew: path)
      return nil
    }
    guard size > 0 else {
      try FileSystem.rename(draft, over: path)
      return nil
    }
    var number = 1
    while true {
      let name = "\(path).\(number)"
      do throws(Errno) {
        // A run that was killed between the two steps has left the file its number.
        if !claim.isNamed(name) { try FileSystem.link(path, toNew: name) }
        try FileSystem.rename(draft, over: path)
        return name
      } catch .exists {
        number += 1
      } catch .noSuchFile {
        throw .noSuchFile
      } catch {
        return try exchangeWithoutLinks(draft, path, number)
      }
    }
  }

  /// The same where a file can have one name only.
  ///
  /// - Parameters:
  ///   - draft: The name of the new file.
  ///   - path: The name that it gets.
  ///   - first: The number that is tried first for the old one.
  /// - Returns: the name of the old one.
  /// - Throws: why a file could not be renamed.
  package static func exchangeWithoutLinks(
    _ draft: String,
    _ path: String,
    _ first: Int
  ) throws(Errno) -> String {
    var number = first
    while true {
      let name = "\(path).\(number)"
      do throws(Errno) {
        try FileSystem.rename(draft, toNew: name)
      } catch .exists {
        number += 1
        continue
      }
      do throws(Errno) {
        try FileSystem.exchange(name, path)
        return name
      } catch {
        // Not even that: for a moment there is no file under the name, but all have one.
        try FileSystem.rename(name, toNew: draft)
        try FileSystem.rename(path, toNew: name)
        try FileSystem.rename(draft, toNew: path)
        return name
      }
    }
  }
}

extension StatusClaim {
  /// Whether a name is one of the old file's.
  fileprivate func isNamed(_ name: String) -> Bool {
    guard let old = oldStatus, let named = try? FileSystem.status(of: name) else { return false }
    return old.isSameFile(as: named)
  }
}
