import TaskLang
import TaskRuntime

/// A task file, or standard input, read in chunks.
struct InputFile: ~Copyable {
  /// How messages call it.
  let displayName: String
  /// Its base name, for `DISBATCH_NAMETASKS` and file names; `stdin` for standard input.
  let baseName: String
  /// Where the reading of a regular file began; 0 for everything else.
  let start: Int
  private let descriptor: FileDescriptor

  private static let chunkBytes = 256 * 1024

  /// Opens a file; `-` is standard input.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isForMending: Whether it is to be written in place afterwards, as only regular files can be.
  ///     Others are not even opened: a pipe would wait for its other end.
  /// - Throws: `UsageError` that names the file and the reason.
  init(_ path: String, isForMending: Bool = false) throws(UsageError) {
    let isStandardInput = path == "-"
    displayName = isStandardInput ? "<stdin>" : path
    baseName = isStandardInput ? "stdin" : PathText.name(of: path)
    descriptor = try Self.open(isStandardInput ? nil : path, isForMending: isForMending)
    start = (try? descriptor.place()) ?? 0
  }

  /// Opens what a run reads.
  ///
  /// - Throws: `UsageError` that names it and the reason.
  init(_ input: RunOptions.Input) throws(UsageError) {
    switch input {
    case .file(let path): try self.init(path)
    case .standardInput: try self.init("-")
    case .lines: try self.init(lines: input)
    }
  }

  /// Opens lines that are held in memory.
  private init(lines input: RunOptions.Input) throws(UsageError) {
    (displayName, baseName, start) = (input.title, input.name, 0)
    do throws(RunError) {
      descriptor = try input.open()
    } catch {
      throw UsageError(error.message)
    }
  }

  private static func open(
    _ path: String?,
    isForMending: Bool
  ) throws(UsageError) -> FileDescriptor {
    if isForMending, let path, !canBeReplaced(path) {
      throw UsageError(
        "cannot write '\(path)' in place: it is no regular file; "
          + "'-' reads standard input and writes to standard output"
      )
    }
    do throws(Errno) {
      guard let path else { return try FileDescriptor.standardInput() }
      let descriptor = try FileDescriptor(opening: path, for: .reading)
      if try FileSystem.status(of: descriptor).kind == .directory { throw .isDirectory }
      return descriptor
    } catch {
      throw failure(path ?? "standard input", error)
    }
  }

  /// Whether another file can take its place, or opening it will say that there is none.
  private static func canBeReplaced(_ path: String) -> Bool {
    switch (try? FileSystem.status(of: path))?.kind {
    case .directory, nil: true
    // A regular file may be open without a name, as here-documents are.
    case .file, .other: (try? FileSystem.status(of: FileSystem.realPath(path)))?.kind == .file
    }
  }

  /// Whether it can be read twice.
  var isRegular: Bool {
    do { return try FileSystem.status(of: descriptor).kind == .file } catch { return false }
  }

  /// Which byte of a regular file is read next.
  func place() throws(UsageError) -> Int {
    do throws(Errno) { return try descriptor.place() } catch {
      throw Self.failure(displayName, error)
    }
  }

  /// Goes to a byte of a regular file.
  func go(to place: Int) throws(UsageError) {
    do throws(Errno) { try descriptor.go(to: place) } catch {
      throw Self.failure(displayName, error)
    }
  }

  /// Reads to the end.
  ///
  /// - Parameter take: Receives each chunk as it comes; `false` ends the reading.
  /// - Returns: Whether the end was reached.
  /// - Throws: `UsageError` when it cannot be read on.
  func readChunks(_ take: (Span<UInt8>) -> Bool) throws(UsageError) -> Bool {
    var buffer = [UInt8](repeating: 0, count: Self.chunkBytes)
    while true {
      let count: Int
      do throws(Errno) {
        count = try descriptor.readWaiting(into: &buffer)
      } catch {
        throw Self.failure(displayName, error)
      }
      if count == 0 { return true }
      if !take(buffer.span.extracting(0..<count)) { return false }
    }
  }

  /// All its bytes.
  func readWhole() throws(UsageError) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try readChunks { chunk in
      // Safe: the pointer is used only within this call.
      unsafe chunk.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      return true
    }
    return bytes
  }

  private static func failure(_ path: String, _ reason: Errno) -> UsageError {
    if reason == .isDirectory {
      return UsageError("cannot read '\(path)': it is a directory; name a file in it")
    }
    return UsageError("cannot read '\(path)': \(FileSystem.reason(reason, for: path))")
  }
}
