import TaskRuntime

/// Where a command's results go: standard output, or a file that appears whole or not at all.
struct OutputFile: ~Copyable {
  private let name: String
  private var stream: FileDescriptor?
  private var replacement: Replacement?
  private var failure: Errno?
  private var isClosedByReader = false

  /// Opens standard output, or a new file that takes the place of `path` at the end.
  ///
  /// What exists and is no regular file (a pipe, a device) is written where it is.
  init(_ path: String?) throws(UsageError) {
    name = path ?? "standard output"
    stream = nil
    replacement = nil
    do throws(Errno) {
      guard let path, path != "-" else {
        stream = try FileDescriptor.standardOutput()
        return
      }
      switch (try? FileSystem.status(of: path))?.kind {
      case .directory: throw Errno.isDirectory
      case .other:
        stream = try FileDescriptor(opening: path, for: .appending)
      case .file, nil:
        replacement = try Replacement(of: path)
      }
    } catch {
      throw UsageError("cannot write '\(path ?? "standard output")': \(error.text)")
    }
  }

  /// Writes all of the buffer and empties it.
  ///
  /// - Returns: Whether more can be written. A pipe that nobody reads any more is no failure.
  mutating func drain(_ buffer: inout [UInt8]) -> Bool {
    guard failure == nil, !isClosedByReader else { return false }
    do throws(Errno) {
      if replacement != nil {
        try replacement?.file.writeAll(buffer.span)
      } else {
        try stream?.writeAll(buffer.span)
      }
      buffer.removeAll(keepingCapacity: true)
      return true
    } catch .brokenPipe {
      isClosedByReader = true
    } catch {
      failure = error
    }
    return false
  }

  /// Puts the file in its place.
  ///
  /// - Throws: `UsageError` with the reason for which it could not be written.
  mutating func finish() throws(UsageError) {
    do throws(Errno) {
      if let failure { throw failure }
      try replacement?.keep()
    } catch {
      throw UsageError("cannot write '\(name)': \(error.text)")
    }
  }
}
