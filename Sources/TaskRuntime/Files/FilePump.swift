import Synchronization

/// Reads a file on a thread of its own and hands its bytes on through a pipe.
///
/// A read of a file server's file may wait for as long as the server likes; a read of the pipe never
/// does. The thread ends with the file, with its reader, or with the process.
package final class FilePump: Sendable {
  /// A file as it comes out of the pipe.
  package struct Output: ~Copyable {
    /// Its bytes; reading does not wait.
    package let reading: FileDescriptor
    package let pump: FilePump

    /// Gives up the value for the bytes.
    consuming func takeReading() -> FileDescriptor { reading }
  }

  private let reason = Mutex<Errno?>(nil)

  private init() {}

  /// Starts to read.
  ///
  /// - Parameter file: What is read, from where it stands.
  /// - Returns: where its bytes come out.
  /// - Throws: when there are too many threads or descriptors.
  package static func start(_ file: consuming FileDescriptor) throws(Errno) -> Output {
    let pipe = try FileDescriptor.pipe(waits: false)
    let reading = pipe.reading
    let writing = FileDescriptor.Shared(pipe.writing)
    let file = FileDescriptor.Shared(file)
    let pump = FilePump()
    try Thread { pump.pump(file, writing) }.detach()
    return Output(reading: reading, pump: pump)
  }

  private func pump(_ file: FileDescriptor.Shared, _ pipe: FileDescriptor.Shared) {
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    do throws(Errno) {
      while case .bytes(let count) = try file.descriptor.read(into: &buffer) {
        try pipe.descriptor.writeAll(buffer.span.extracting(first: count))
      }
    } catch {
      reason.withLock { $0 = error }
    }
  }

  /// Why it stopped before the end; to be asked when the pipe has ended.
  package var failure: Errno? { reason.withLock { $0 } }
}
