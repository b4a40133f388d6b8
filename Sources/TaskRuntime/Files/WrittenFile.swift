import Glibc
import Synchronization
import TaskScheduler

/// The file of a run's rows, whose last line is whole at all times; nobody else writes into it.
///
/// One thread at a time writes. Should somebody cut, move or remove the file meanwhile, rows go on where
/// they can be found, and `takeIncidents` says so.
package final class WrittenFile: LineFile {
  /// An open file, and the name it has.
  private struct Place: Sendable {
    var file: FileDescriptor.Shared
    var path: String?
  }

  private let place: Mutex<Place>
  /// Where the next line goes.
  private let end: Atomic<Int64>
  /// When the name is to be looked at again, in nanoseconds of the clock.
  private let nextLook = Atomic<Int64>(0)
  private let incidents = Mutex<[RowFileIncident]>([])
  /// Whether rows are known to be lost.
  private let isCut = Atomic<Bool>(false)
  /// Whether the user knows that the file is removed and cannot be written anew.
  private let hasToldOfLoss = Atomic<Bool>(false)
  /// Whether a write waits for no file server.
  package let isLocal: Bool

  /// Takes over a file.
  ///
  /// - Parameters:
  ///   - descriptor: The open file.
  ///   - end: Where the next line goes.
  ///   - path: Its name, if it is to be watched.
  package init(rows descriptor: consuming FileDescriptor, end: Int64 = 0, path: String? = nil) {
    isLocal = FileSystem.isLocal(descriptor)
    place = Mutex(Place(file: FileDescriptor.Shared(descriptor), path: path))
    self.end = Atomic(end)
  }

  private var file: FileDescriptor.Shared { place.withLock(\.file) }

  /// The name under which the rows are found; `nil` when it is not watched.
  package var path: String? { place.withLock(\.path) }

  /// Whether nothing was written yet.
  package var isEmpty: Bool { end.load(ordering: .relaxed) == 0 }

  /// Whether rows that were written are there no more.
  package var hasLostRows: Bool { isCut.load(ordering: .relaxed) }

  /// What happened to the file since the last call.
  package func takeIncidents() -> [RowFileIncident] {
    incidents.withLock { incidents in
      defer { incidents = [] }
      return incidents
    }
  }

  private func note(_ incident: RowFileIncident) {
    incidents.withLock { $0.append(incident) }
  }

  /// Writes lines, each of which ends in a line feed.
  ///
  /// What does not go in whole is taken out again. Then the lines that did go in are removed from
  /// `lines`, so that a later call goes on where this one stopped. Should somebody have cut the file
  /// meanwhile, they go behind the last whole line that is left.
  package func write(_ lines: inout ContiguousArray<UInt8>) throws(Errno) {
    let status = try FileSystem.status(of: file.descriptor)
    lookAfterName(status)
    let file = self.file.descriptor.rawValue
    let start = try start(status)
    var count = 0
    do {
      while count < lines.count { count += try Self.writeOnce(lines, from: count, to: file, start) }
      end.store(start + Int64(count), ordering: .relaxed)
      lines.removeAll(keepingCapacity: true)
    } catch {
      let whole = (lines[..<count].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      // If even this fails a torn line stays for now; it lies where the next write begins.
      if count > whole { _ = ftruncate(file, off_t(start) + whole) }
      end.store(start + Int64(whole), ordering: .relaxed)
      lines.removeFirst(whole)
      throw error
    }
  }

  /// Where the next lines go.
  private func start(_ status: FileSystem.Status) throws(Errno) -> Int64 {
    let expected = end.load(ordering: .relaxed)
    guard status.size < expected, status.kind == .file else { return expected }
    let file = self.file
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    // A file system may be late in what it tells of a size; what can still be read was not cut off.
    if try file.descriptor.readAll(into: &buffer, at: status.size) > 0 { return expected }
    var start = status.size
    while start > 0 {
      let last = start
      start = max(0, last - Int64(buffer.count))
      let count = min(try file.descriptor.readAll(into: &buffer, at: start), Int(last - start))
      guard let feed = buffer[..<count].lastIndex(of: UInt8(ascii: "\n")) else { continue }
      start += Int64(feed) + 1
      break
    }
    try file.descriptor.truncate(to: start)
    end.store(start, ordering: .relaxed)
    isCut.store(true, ordering: .relaxed)
    note(.cut)
    return start
  }

  private static func writeOnce(
    _ lines: ContiguousArray<UInt8>,
    from first: Int,
    to file: Int32,
    _ start: Int64
  ) throws(Errno) -> Int {
    try retrying {
      unsafe lines.withUnsafeBytes { bytes in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[first...])
        return unsafe pwrite(file, rest.baseAddress, rest.count, off_t(start + Int64(first)))
      }
    }
  }

  /// Makes what was written survive a crash of the host.
  package func makeDurable() throws(Errno) { try file.descriptor.makeDurable() }

  /// Looks at what became of the file, now that nothing more is written.
  package func conclude() {
    guard let status = try? FileSystem.status(of: file.descriptor) else { return }
    nextLook.store(0, ordering: .relaxed)
    lookAfterName(status)
    _ = try? start(status)
    if let path, whereabouts(expected: path) == .removed {
      isCut.store(true, ordering: .relaxed)
    }
  }

  /// Sees now and then whether the file still has its name, and mends what can be mended.
  private func lookAfterName(_ status: FileSystem.Status) {
    guard status.kind == .file, let path else { return }
    let now = Clock.now.nanoseconds
    let isToMend = status.links == 0 && !hasToldOfLoss.load(ordering: .relaxed)
    guard isToMend || now >= nextLook.load(ordering: .relaxed) else { return }
    nextLook.store(now + Interval.seconds(1).nanoseconds, ordering: .relaxed)
    switch whereabouts(expected: path) {
    case .there: break
    case .moved(let other):
      place.withLock { $0.path = other }
      note(.moved(from: path, to: other))
    case .removed: writeAnew(path)
    }
  }

  /// Writes all rows into a new file, since the old one goes with its descriptor.
  private func writeAnew(_ path: String) {
    let size = end.load(ordering: .relaxed)
    let isReplaced = (try? FileSystem.status(of: path)) != nil
    do throws(Errno) {
      let folders = [FileSystem.workingDirectory, EnvironmentVariable.value("TMPDIR") ?? "/tmp"]
      let (copy, name) = try RowFileRescue.copy(
        file.descriptor,
        size: size,
        of: path,
        orIn: folders
      )
      place.withLock { $0 = Place(file: copy, path: name) }
      note(.writtenAnew(path, at: name, isReplaced: isReplaced))
    } catch {
      // It is tried again with the next rows, in a second, but said once.
      if !hasToldOfLoss.exchange(true, ordering: .relaxed) { note(.gone(path, error)) }
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
    let file = self.file
    guard let own = try? FileSystem.status(of: file.descriptor), own.kind == .file else {
      return .there
    }
    do throws(Errno) {
      if try FileSystem.status(of: path).isSameFile(as: own) { return .there }
    } catch .noSuchFile {
      // Its folder or itself is gone from there.
    } catch {
      return .there
    }
    guard own.links > 0, let other = FileSystem.path(of: file.descriptor) else { return .removed }
    // So NFS calls what is removed and still open.
    let name = other.split(separator: "/").last ?? ""
    return name.hasPrefix(".nfs") ? .removed : .moved(other)
  }
}
