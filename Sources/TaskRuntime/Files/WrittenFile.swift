import Glibc
import Synchronization

/// A file that lines are put behind one another into.
package final class WrittenFile: Sendable {
  private let descriptor: FileDescriptor
  /// Where the next line goes; `nil` where the kernel sees to that.
  private let end: Atomic<Int64>?
  /// Whether a write waits for no file server.
  package let isLocal: Bool

  /// Takes over a file whose last line is to be whole at all times; nobody else writes into it.
  package init(rows descriptor: consuming FileDescriptor, end: Int64 = 0) {
    isLocal = FileSystem.isLocal(descriptor)
    self.descriptor = descriptor
    self.end = Atomic(end)
  }

  /// Takes over a file that was opened for appending.
  package init(log descriptor: consuming FileDescriptor) {
    isLocal = false
    self.descriptor = descriptor
    end = nil
  }

  /// Writes lines, each of which ends in a line feed.
  ///
  /// What does not go in whole is taken out again. Then the lines that did go in are removed from
  /// `lines`, so that a later call goes on where this one stopped. Should somebody have cut the file
  /// meanwhile, they go behind the last whole line that is left.
  package func write(_ lines: inout ContiguousArray<UInt8>) throws(Errno) {
    guard end != nil else { return try append(&lines) }
    let start = try place(end?.load(ordering: .relaxed) ?? 0)
    var count = 0
    do {
      while count < lines.count { count += try writeOnce(lines, from: count, at: start) }
      end?.store(start + Int64(count), ordering: .relaxed)
      lines.removeAll(keepingCapacity: true)
    } catch {
      let whole = (lines[..<count].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      // If even this fails a torn line stays for now; it lies where the next write begins.
      if count > whole { _ = ftruncate(descriptor.rawValue, off_t(start) + whole) }
      end?.store(start + Int64(whole), ordering: .relaxed)
      lines.removeFirst(whole)
      throw error
    }
  }

  /// Where lines go that are to go behind so many bytes.
  private func place(_ expected: Int64) throws(Errno) -> Int64 {
    let status = try FileSystem.status(of: descriptor)
    guard status.size < expected, status.kind == .file else { return expected }
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    // A file system may be late in what it tells of a size; what can still be read was not cut off.
    if try descriptor.readAll(into: &buffer, at: status.size) > 0 { return expected }
    var start = status.size
    while start > 0 {
      let last = start
      start = max(0, last - Int64(buffer.count))
      let count = min(try descriptor.readAll(into: &buffer, at: start), Int(last - start))
      guard let feed = buffer[..<count].lastIndex(of: UInt8(ascii: "\n")) else { continue }
      start += Int64(feed) + 1
      break
    }
    try descriptor.truncate(to: start)
    return start
  }

  private func writeOnce(
    _ lines: ContiguousArray<UInt8>,
    from first: Int,
    at start: Int64
  ) throws(Errno) -> Int {
    try retrying {
      unsafe lines.withUnsafeBytes { bytes in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[first...])
        return unsafe pwrite(
          descriptor.rawValue,
          rest.baseAddress,
          rest.count,
          off_t(start + Int64(first))
        )
      }
    }
  }

  private func append(_ lines: inout ContiguousArray<UInt8>) throws(Errno) {
    while !lines.isEmpty {
      let count = try retrying {
        unsafe lines.withUnsafeBytes {
          unsafe Glibc.write(descriptor.rawValue, $0.baseAddress, $0.count)
        }
      }
      lines.removeFirst(count)
    }
  }

  /// Makes what was written survive a crash of the host.
  package func makeDurable() throws(Errno) {
    do {
      _ = try retrying { fdatasync(descriptor.rawValue) }
    } catch .invalidArgument {
      // A pipe, say, which has nothing to be durable on.
    }
  }

  /// Where the file is that was opened under a path.
  package enum Whereabouts: Hashable, Sendable {
    /// Under that path, as far as one can tell.
    case there
    /// Under another.
    case moved(String)
    /// Under none; it goes with its descriptor.
    case removed
  }

  /// Looks where the file is now.
  package func whereabouts(expected path: String) -> Whereabouts {
    guard let own = try? FileSystem.status(of: descriptor), own.kind == .file else { return .there }
    do throws(Errno) {
      let named = try FileSystem.status(of: path)
      if named.inode == own.inode, named.device == own.device { return .there }
    } catch .noSuchFile {
      // Its folder or itself is gone from there.
    } catch {
      return .there
    }
    if own.links == 0 { return .removed }
    return FileSystem.path(of: descriptor).map { .moved($0) } ?? .there
  }

  /// Writes all of it into another file.
  package func copy(to other: borrowing FileDescriptor) throws(Errno) {
    try descriptor.go(to: 0)
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    while case .bytes(let count) = try descriptor.read(into: &buffer) {
      try other.writeAll(buffer.span.extracting(first: count))
    }
    _ = try retrying { fdatasync(other.rawValue) }
  }
}
