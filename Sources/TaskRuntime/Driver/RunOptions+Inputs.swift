/// Files that a run reads, held against those that it writes.
extension RunOptions {
  /// Makes sure that nothing that the run reads is written into.
  ///
  /// Files are the same when they are so on the disk, whatever names and links lead to them.
  ///
  /// - Parameters:
  ///   - files: The names of the run's own files.
  ///   - node: This host's name in them.
  /// - Throws: `RunError` that names both.
  package func checkInputs(against files: RunFiles, node: String) throws(RunError) {
    let inputs = self.inputs
    guard !inputs.isEmpty else { return }
    for (path, role) in outputs(files, node) {
      guard let output = try? FileSystem.status(of: path), output.kind != .directory,
        let input = inputs.first(where: { $0.status.isSameFile(as: output) })
      else { continue }
      // The status file to go on from makes room for the new one.
      if path == files.status, input.isStatusFile { continue }
      throw RunError.usage(
        "\(path) cannot be \(role): it is \(input.role), which would be written into; "
          + "name another file"
      )
    }
  }

  private struct InputFacts {
    var role: String
    var isStatusFile: Bool
    var status: FileSystem.Status
  }

  /// What is read, but for terminals and other devices, which may be written too.
  private var inputs: [InputFacts] {
    var found: [InputFacts] = []
    func add(_ status: FileSystem.Status?, _ role: String, isStatusFile: Bool = false) {
      guard let status, !status.isDevice else { return }
      found.append(InputFacts(role: role, isStatusFile: isStatusFile, status: status))
    }
    switch input {
    case .file(let path): add(try? FileSystem.status(of: path), "the task file")
    case .standardInput:
      add(FileSystem.statusOfStandardInput, "standard input, where the tasks come from")
    case .lines: break
    }
    for path in resumeFrom where path != "auto" {
      let status = try? FileSystem.status(of: path)
      add(status, "a status file that -r names", isStatusFile: true)
    }
    return found
  }

  private func outputs(_ files: RunFiles, _ node: String) -> [(path: String, role: String)] {
    let label = names.label
    var outputs = [
      (files.status, "the status file"), (logPath ?? files.driverLog, "the log"),
      (files.contextLog(label), "a log"),
      (files.engineLog(label, node: node, rank: 0), "a log"),
    ]
    if case .log(let path) = keeping {
      outputs.append((path, "the file of --output"))
      outputs.append((OutputLogIndex.path(of: FileSystem.realPath(path)), "the index of --output"))
    }
    return outputs
  }
}
