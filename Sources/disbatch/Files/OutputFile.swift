import TaskRuntime

/// Where a command's results go: standard output, or a file that appears whole or not at all.
struct OutputFile: ~Copyable {
  private let name: String
  private let stream: FileDescriptor
  private var replacement: Replacement?
  private var failure: Errno?
  private var isClosedByReader = false
  /// Writes in place of `stream` once the output is long.
  private var behind: WriteBehind?

  /// A buffer of this size shows that the output is long.
  private static let longBytes = 128 * 1024

  /// Opens standard output, or a new file that takes the place of `path` at the end.
  ///
  /// What exists and is no regular file (a pipe, a device) is written where it is.
  init(_ path: String?) throws(UsageError) {
    name = path ?? "standard output"
    do throws(Errno) {
      guard let path, path != "-" else {
        stream = try FileDescriptor.standardOutput()
        replacement = nil
        return
      }
      switch (try? FileSystem.status(of: path))?.kind {
      case .directory: throw Errno.isDirectory
      case .other:
        stream = try FileDescriptor(opening: path, for: .appending)
        replacement = nil
      case .file, nil:
        let new = try Replacement(of: path)
        stream = try new.file.copy()
        replacement = consume new
      }
    } catch {
      let reason = path.map { FileSystem.reason(error, for: $0) } ?? error.text
      throw UsageError("cannot write '\(path ?? "standard output")': \(reason)")
    }
  }

  deinit {
    // What is given up need not be whole, but the thread that wrote it ends.
    try? behind?.finish()
  }

  /// Whether nothing is left of the output when it is not finished.
  var canBeGivenUp: Bool { replacement != nil }

  /// Writes all of the buffer and empties it; of a long output, while the caller makes more.
  ///
  /// - Returns: Whether more can be written. A pipe that nobody reads any more is no failure.
  mutating func drain(_ buffer: inout [UInt8]) -> Bool {
    guard failure == nil, !isClosedByReader else { return false }
    guard !buffer.isEmpty else { return true }
    do throws(Errno) {
      if behind == nil, buffer.count >= Self.longBytes { behind = try WriteBehind(stream) }
      if let behind {
        try behind.submit(&buffer)
      } else {
        try stream.writeAll(buffer.span)
        buffer.removeAll(keepingCapacity: true)
      }
      return true
    } catch {
      note(error)
      return false
    }
  }

  private mutating func note(_ reason: Errno) {
    if reason == .brokenPipe { isClosedByReader = true } else { failure = reason }
  }

  /// Waits until all is written, and puts the file in its place.
  ///
  /// - Throws: `UsageError` with the reason for which it could not be written.
  mutating func finish() throws(UsageError) {
    if let behind {
      self.behind = nil
      do throws(Errno) { try behind.finish() } catch { note(error) }
    }
    do throws(Errno) {
      if let failure { throw failure }
      try replacement?.keep()
    } catch {
      throw UsageError("cannot write '\(name)': \(error.text)")
    }
  }
}
