extension RunOptions {
  /// What output would be kept in: a file's path, or how the first of many is called.
  package var keptPath: String? {
    switch keeping {
    case .nowhere: return nil
    case .results(let path):
      let names = ResultsFolder(FileSystem.realPath(path))
      let first = names.file(ResultsFolder.Name(task: 0, number: 1, stream: .output))
      return "\(first) and so on, for tasks that let something out"
    case .log(let path): return FileSystem.realPath(path)
    }
  }

  /// Makes ready what output is kept in.
  ///
  /// - Parameters:
  ///   - jobID: The name of the run.
  ///   - rehearsing: Whether it is only looked whether it could be.
  ///   - tell: Takes what the user should know, in a line.
  /// - Returns: where output is kept.
  /// - Throws: `RunError` when nothing could be kept there.
  func makeReadyToKeep(
    jobID: String,
    rehearsing: Bool,
    tell: (String) -> Void
  ) throws(RunError) -> KeptPlace {
    switch keeping {
    case .nowhere: return KeptPlace(keeping: .none)
    case .results(let path):
      let folder = try Self.folder(path, rehearsing: rehearsing)
      let lock = try Self.lock(folder, rehearsing: rehearsing)
      if !ResultsFolder(folder).subfolders.isEmpty {
        tell(
          "\(folder) has results of an earlier run, which are kept: new ones get the next numbers"
        )
      }
      return KeptPlace(keeping: .files(folder: folder), folderLock: lock)
    case .log(let path) where rehearsing:
      try OutputLogWriter.check(FileSystem.realPath(path))
      return KeptPlace(keeping: .none)
    case .log(let path):
      let log = try OutputLogWriter(claiming: FileSystem.realPath(path), name: jobID, tell: tell)
      return KeptPlace(keeping: .driver(window: OutputKeeping.driverWindow), log: log)
    }
  }

  /// Locks a folder for this run, where the file system can: attempts of two runs would get one name.
  private static func lock(
    _ folder: String,
    rehearsing: Bool
  ) throws(RunError) -> FileDescriptor.Shared? {
    guard let opened = try? FileDescriptor(opening: folder, for: .reading) else { return nil }
    let lock = FileDescriptor.Shared(opened)
    var isLocked = true
    do throws(Errno) {
      isLocked =
        rehearsing ? !FileLock.isHeld(lock.descriptor) : try FileLock.take(lock.descriptor)
    } catch {
      // NFS locks only what is open for writing, as no folder can be.
      return try lockFile(in: folder)
    }
    guard isLocked else {
      throw RunError.inUse("--results: \(folder)", by: FileLock.holder(of: lock.descriptor))
    }
    return lock
  }

  /// Locks a file in a folder that cannot be locked itself.
  private static func lockFile(in folder: String) throws(RunError) -> FileDescriptor.Shared? {
    guard let opened = try? FileDescriptor(opening: "\(folder)/.disbatch.lock", for: .updating)
    else { return nil }
    let lock = FileDescriptor.Shared(opened)
    guard (try? FileLock.take(lock.descriptor)) ?? true else {
      throw RunError.inUse("--results: \(folder)", by: FileLock.holder(of: lock.descriptor))
    }
    return lock
  }

  private static func folder(_ option: String, rehearsing: Bool) throws(RunError) -> String {
    let path = FileSystem.realPath(option)
    do throws(Errno) {
      if rehearsing, (try? FileSystem.status(of: path)) == nil {
        try FileSystem.checkWritable(FileSystem.folder(of: path))
        return path
      }
      // Of one that is there this only says so.
      try FileSystem.makeFolder(path)
    } catch .exists {
      guard FileSystem.isDirectory(path) else {
        throw RunError.usage("--results: \(path) is there and is no folder")
      }
    } catch {
      throw RunError.usage("--results: cannot make the folder \(path): \(error.text)")
    }
    do throws(Errno) {
      try FileSystem.checkWritable(path)
    } catch {
      throw RunError.usage("--results: cannot write into \(path): \(error.text)")
    }
    return path
  }
}
