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
  ///   - tell: Takes what the user should know, in a line.
  /// - Returns: how engines keep output, and the log that the driver keeps it in.
  /// - Throws: `RunError` when nothing could be kept there.
  func makeReadyToKeep(
    jobID: String,
    tell: (String) -> Void
  ) throws(RunError) -> (keeping: OutputKeeping, log: OutputLogWriter?) {
    switch keeping {
    case .nowhere: return (.none, nil)
    case .results(let path): return (.files(folder: try Self.folder(path, tell)), nil)
    case .log(let path):
      let log = try OutputLogWriter(claiming: FileSystem.realPath(path), name: jobID, tell: tell)
      return (.driver(window: OutputKeeper.driverWindow), log)
    }
  }

  private static func folder(
    _ option: String,
    _ tell: (String) -> Void
  ) throws(RunError) -> String {
    let path = FileSystem.realPath(option)
    do throws(Errno) {
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
    if !ResultsFolder(path).subfolders.isEmpty {
      tell("\(path) has results of an earlier run, which are kept: new ones get the next numbers")
    }
    return path
  }
}
