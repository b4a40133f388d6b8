import TaskLang
import TaskRuntime

/// `disbatch status`: what happened in runs, by their status files, and what to run again.
struct StatusCommand {
  /// How the answer is written.
  enum Format: String, CaseIterable { case human, json, tsv }

  private let files: [String]
  private let format: Format
  private let wantsFailed: Bool
  private let console: Console

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.status)
    console = Console(command: "disbatch status")
    format = try arguments.choice(.format, of: Format.self) ?? .human
    wantsFailed = arguments.has(.failed)
    files = arguments.operands
    if files.isEmpty { throw UsageError("no status file named") }
  }

  /// Reads the files and answers.
  ///
  /// - Returns: The exit code: 2 when a file cannot be read.
  func run() -> Int32 {
    var archive = StatusArchive()
    var digest = StatusDigest()
    for file in files {
      do throws(Errno) {
        try archive.add(file) { digest.take($0, $1) }
        digest.endStage()
      } catch {
        console.say("cannot read '\(file)': \(FileSystem.reason(error, for: file))")
        return ExitCode.usage
      }
    }
    warn(of: archive)
    digest.isLive = files.contains(where: StatusFile.isLocked)
    do {
      var output = try OutputFile(nil)
      write(archive, digest, to: &output)
      try output.finish()
    } catch {
      console.say(error.message)
      return ExitCode.usage
    }
    return ExitCode.success
  }

  private func warn(of archive: StatusArchive) {
    for remark in archive.files.flatMap(\.remarks) { console.say(remark) }
  }

  private func write(
    _ archive: StatusArchive,
    _ digest: StatusDigest,
    to output: inout OutputFile
  ) {
    var buffer: [UInt8] = []
    if wantsFailed {
      for id in archive.failedIDs {
        guard let found = archive.history[id].flatMap({ archive.row(of: $0) }) else { continue }
        FlatLine.append(found.command, repeatIndex: found.row.repeatIndex, to: &buffer)
        if buffer.count > Expander.bufferLimit, !output.drain(&buffer) { return }
      }
    } else {
      switch format {
      case .human: buffer = Array(StatusText.text(archive, digest).utf8)
      case .json: StatusJSON.append(archive, digest, to: &buffer)
      case .tsv:
        StatusTable.append(archive, to: &buffer) { output.drain(&$0) }
      }
    }
    _ = output.drain(&buffer)
  }
}
