/// What was kept of one attempt of a task.
package struct KeptAttempt: Hashable, Sendable {
  package var task: Int64
  /// Counts attempts over all runs that were kept in one place, from 1.
  package var number: Int
  /// Bytes of standard output.
  package var outputByteCount: Int64 = 0
  /// Bytes of standard error.
  package var errorByteCount: Int64 = 0

  package init(task: Int64, number: Int) {
    self.task = task
    self.number = number
  }
}

/// Why kept output cannot be read.
package struct OutputArchiveError: Error, Hashable, Sendable {
  /// What to tell the user, behind the path; without a line end.
  package var message: String

  package init(_ message: String) { self.message = message }

  init(_ reason: Errno) { self.init("cannot be read: \(reason.text)") }
}

/// A place where runs have kept output.
package protocol OutputArchive {
  /// What there is of a task, by rising number; of all tasks, by rising task.
  ///
  /// - Parameter task: The task; `nil` for all.
  /// - Returns: the attempts of which there is something.
  /// - Throws: when it cannot be read.
  func attempts(of task: Int64?) throws(OutputArchiveError) -> [KeptAttempt]

  /// Reads what was kept of an attempt, piece by piece, in the order in which it was kept.
  ///
  /// - Parameters:
  ///   - attempt: One that `attempts` gave.
  ///   - streams: The streams that are wanted.
  ///   - body: Takes a piece; `false` ends the reading.
  /// - Returns: How many bytes are known to be missing.
  /// - Throws: when it cannot be read.
  func read(
    _ attempt: KeptAttempt,
    _ streams: Set<OutputStream>,
    _ body: (OutputStream, Span<UInt8>) -> Bool
  ) throws(OutputArchiveError) -> Int64

  /// The least and the greatest task of which there is something; `nil` when there is nothing.
  var taskRange: ClosedRange<Int64>? { get throws(OutputArchiveError) }

  /// What the user should know about the place, in lines.
  var notes: [String] { get }
}

/// Finds out what a path has of kept output.
package enum OutputArchives {
  /// Opens a folder of results or an output log.
  ///
  /// - Throws: `OutputArchiveError` for what is neither.
  package static func open(_ path: String) throws(OutputArchiveError) -> any OutputArchive {
    do throws(Errno) {
      if try FileSystem.status(of: path).kind == .directory {
        return ResultsReader(ResultsFolder(path))
      }
    } catch {
      throw OutputArchiveError(error)
    }
    return try OutputLogReader(path)
  }
}
