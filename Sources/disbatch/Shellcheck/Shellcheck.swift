import FoundationEssentials
import TaskLang
import TaskRuntime
import TaskScheduler

/// The program shellcheck, asked about many commands at a time in as many processes as there are
/// cores.
///
/// Its settings files and SHELLCHECK_OPTS are left out: what is reported is the matter of our own.
struct Shellcheck {
  /// Commands that one process is given at most, each as a file.
  private static let batchLimit = 64
  /// Files that are open at a time, well below the usual limit.
  private static let fileLimit = 512

  private let path: String
  private let processLimit = min(UsableCores.count, Self.fileLimit)
  private var batch: Int { max(1, min(Self.batchLimit, Self.fileLimit / processLimit)) }

  /// Finds the program.
  ///
  /// - Parameter name: Its name or path; nil for `shellcheck`.
  /// - Throws: `UsageError` when it is not there.
  init(_ name: String?) throws(UsageError) {
    let name = name ?? "shellcheck"
    guard let path = FileSystem.program(name) else {
      throw UsageError(
        "--shellcheck: there is no program '\(name)'; "
          + "install shellcheck, or say where it is with --shellcheck=PATH"
      )
    }
    self.path = path
  }

  /// How many commands `ask` takes at most.
  var capacity: Int { processLimit * batch }

  /// Asks about commands.
  ///
  /// - Parameters:
  ///   - commands: At most `capacity`.
  ///   - take: Receives each comment and the command it is about.
  /// - Throws: `UsageError` when the program breaks.
  func ask(
    _ commands: [ShellcheckCommands.Command],
    _ take: (ShellcheckComment, ShellcheckCommands.Command) -> Void
  ) throws(UsageError) {
    let share = max(1, (commands.count + processLimit - 1) / processLimit)
    var running: [(program: FileProgram, commands: ArraySlice<ShellcheckCommands.Command>)] = []
    var failure: UsageError?
    for start in stride(from: 0, to: commands.count, by: share) {
      let some = commands[start..<min(start + share, commands.count)]
      do throws(Errno) {
        running.append((try self.start(on: some), some))
      } catch {
        failure = UsageError("--shellcheck: cannot start \(path): \(error.text)")
        break
      }
    }
    for (program, commands) in running {
      do throws(UsageError) {
        let comments = try self.comments(of: program)
        for (place, file) in program.paths.enumerated() {
          for comment in comments where comment.file == file {
            take(comment.comment, commands[commands.startIndex + place])
          }
        }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private func start(
    on commands: ArraySlice<ShellcheckCommands.Command>
  ) throws(Errno) -> FileProgram {
    let excluded = ShellcheckComment.excluded.map { "SC\($0.number)" }.joined(separator: ",")
    return try FileProgram(
      path,
      arguments: [
        "shellcheck", "--norc", "--shell=bash", "--format=json1", "--color=never",
        "--exclude=\(excluded)", "--",
      ],
      files: commands.map { $0.text + [UInt8(ascii: "\n")] },
      withoutVariable: "SHELLCHECK_OPTS"
    )
  }

  private func comments(of program: FileProgram) throws(UsageError) -> [ShellcheckOutput.Comment] {
    let result: (output: [UInt8], complaint: [UInt8], outcome: Outcome)
    do throws(Errno) { result = try program.finish() } catch {
      throw UsageError("--shellcheck: cannot read what \(path) says: \(error.text)")
    }
    // 0 and 1 are its verdicts; all else says that it could not look.
    guard result.outcome == .exited(0) || result.outcome == .exited(1) else {
      throw UsageError(
        "--shellcheck: \(path) \(result.outcome.inWords)\(Self.firstLine(of: result.complaint))"
      )
    }
    do {
      return try JSONDecoder().decode(ShellcheckOutput.self, from: Data(result.output)).comments
    } catch {
      throw UsageError(
        "--shellcheck: \(path) wrote something else than its format json1, which version 0.7 brought"
      )
    }
  }

  /// The first line of what it complained of, with nothing in it that a terminal could obey.
  private static func firstLine(of complaint: [UInt8]) -> String {
    let line = String(decoding: complaint.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let text = String(
      String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
    )
    return text.isEmpty ? "" : ": \(text)"
  }
}
