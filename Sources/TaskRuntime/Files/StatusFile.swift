/// The status file of a run, locked by its driver from the first to the last row.
package struct StatusFile {
  /// The file, whose next row goes behind what it holds.
  package let file: WrittenFile
  /// The name that an earlier run's file was given; `nil` when there was none.
  package let renamedOld: String?
  /// Whether the file system has no locks, so that a second run is not kept out.
  package let isUnlocked: Bool

  /// Makes the file and locks it.
  ///
  /// The lock is flock(2) on the open file; it ends with the driver, however that ends. An earlier
  /// run's file gets the first free number, and is never truncated.
  ///
  /// - Parameters:
  ///   - claim: The hold on its name.
  ///   - draft: What it begins with; `nil` for nothing.
  /// - Throws: `RunError`: a live run has it, or it cannot be made.
  package init(
    _ claim: StatusClaim,
    _ draft: StatusDraft? = nil
  ) throws(RunError) {
    isUnlocked = claim.isUnlocked
    let size = claim.oldStatus?.size ?? 0
    var draft = draft
    if draft == nil, size > 0 { draft = try StatusDraft(of: claim) { _ in } }
    if let draft {
      (file, renamedOld) = try draft.adopt(claim)
      return
    }
    renamedOld = nil
    file = WrittenFile(rows: try Self.empty(claim), path: claim.path)
  }

  /// The empty file that is there, or a new one.
  private static func empty(_ claim: StatusClaim) throws(RunError) -> FileDescriptor {
    guard let old = claim.old else { return try make(claim.path) }
    // One that holds rows gets a number, whatever other names it has; this one would be written.
    if let links = claim.oldStatus?.links, links > 1 {
      throw RunError.place("cannot make \(claim.path)", OwnFile.hardLink)
    }
    do throws(Errno) { return try old.descriptor.copy() } catch {
      throw RunError.place("cannot make \(claim.path)", error)
    }
  }

  private static func make(_ path: String) throws(RunError) -> FileDescriptor {
    let file: FileDescriptor
    do {
      file = try FileDescriptor(opening: path, for: .creating)
    } catch .exists {
      throw RunError.usage("another run has just taken \(path)")
    } catch {
      throw RunError.place("cannot make \(path)", error)
    }
    _ = try StatusClaim.lock(file, path)
    return file
  }

  /// Whether a run writes a status file now, on this host or, where locks reach that far, on another.
  ///
  /// Nothing is changed by asking, and nobody is disturbed.
  ///
  /// - Parameter path: The status file.
  /// - Returns: whether it is locked; what is no file, or cannot be read, is not.
  package static func isLocked(_ path: String) -> Bool {
    guard (try? FileSystem.status(of: path))?.kind == .file,
      let file = try? FileDescriptor(opening: path, for: .reading)
    else { return false }
    return FileLock.isHeld(file)
  }
}
