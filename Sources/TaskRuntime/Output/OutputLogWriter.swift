import TaskLang
import TaskScheduler

/// Puts outputs behind one another into one file (`--output`), with an index beside it.
///
/// A record is in the log whole or not at all.
package struct OutputLogWriter: OutputStore {
  private var path: String
  /// The name of the run.
  private let name: String
  private var file: FileDescriptor.Shared
  private var index: OutputLogIndexWriter
  private var end: Int64
  private var run: Int32
  /// Whether the log has the record that the run's output begins with.
  private var hasBegun = false
  private var lastTask = TaskID(0)
  /// When the file's name is looked at again.
  private var nextLook = Clock.now
  /// Whether it is known that the file has gone for good.
  private var isGone = false
  private var notices: [String] = []

  /// Opens a log, or makes it, for one run; what is in it stays.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - name: The name of the run.
  ///   - tell: Takes what the user should know, in a line.
  /// - Throws: `RunError` for a file of another kind, or one that a run has.
  package init(claiming path: String, name: String, tell: (String) -> Void) throws(RunError) {
    self.path = path
    self.name = name
    file = try Self.open(path)
    let found: Recovered?
    do throws(Errno) {
      found = try Self.recover(file, path)
    } catch {
      throw RunError.usage("--output: cannot use \(path): \(error.text)")
    }
    guard let found, found.reason != .damaged else { throw Self.unusable(path, found?.end) }
    (index, end, run) = (found.index, found.end, found.lastRun + 1)
    if found.reason == .torn {
      tell("\(path): the last record was not written to its end and is taken out")
    }
    if run > 1 {
      tell("\(path) has output of an earlier run, which is kept: new output follows it")
    }
  }

  private static func unusable(_ path: String, _ damage: Int64?) -> RunError {
    let what = damage.map { "is damaged at byte \($0)" } ?? "is no output file of disbatch"
    return RunError.usage("--output: \(path) \(what), and is left as it is; name another file")
  }

  /// Makes sure that a log could be opened or made for a run, and changes nothing.
  ///
  /// - Parameter path: Its path.
  /// - Throws: `RunError` for a file of another kind, or one that a run has.
  package static func check(_ path: String) throws(RunError) {
    try checkKind(path)
    do throws(Errno) {
      try FileSystem.checkWritable(file: path)
    } catch {
      throw RunError.usage("--output: cannot make \(path): \(error.text)")
    }
    guard let size = (try? FileSystem.status(of: path))?.size, size > 0,
      let opened = try? FileDescriptor(opening: path, for: .reading)
    else { return }
    let file = FileDescriptor.Shared(opened)
    guard !FileLock.isHeld(file.descriptor) else {
      throw RunError.inUse("--output: \(path)", by: FileLock.holder(of: file.descriptor))
    }
    do throws(Errno) {
      guard try OutputLogReader.isLog(file) else { throw Errno.invalidArgument }
    } catch {
      throw unusable(path, nil)
    }
    let index = OutputLogIndex(
      try? FileDescriptor.Shared(
        FileDescriptor(opening: OutputLogIndex.path(of: path), for: .reading)
      ),
      ofLogWithSize: size
    )
    var scan = OutputLogScan(file, from: index.covered, run: index.run)
    while let next = try? scan.next() {
      if case .end(let reason) = next {
        if reason == .damaged { throw unusable(path, scan.position) }
        return
      }
    }
  }

  /// What a log is found to have.
  private struct Recovered {
    var index: OutputLogIndexWriter
    /// Where its last whole record ends, and why there is none behind it.
    var end: Int64
    var reason: OutputLogScan.End
    var lastRun: Int32
  }

  /// Finds the end of a log and completes its index; begins an empty one.
  ///
  /// - Returns: `nil` for a file of another kind.
  private static func recover(
    _ file: FileDescriptor.Shared,
    _ path: String
  ) throws(Errno) -> Recovered? {
    var size = try FileSystem.status(of: file.descriptor).size
    if size == 0 {
      var count = 0
      let magic = ContiguousArray(OutputLogRecord.magic.utf8)
      try file.descriptor.writeAll(magic, at: 0, count: &count)
      size = Int64(count)
    }
    guard try OutputLogReader.isLog(file) else { return nil }
    var index = OutputLogIndexWriter(ofLog: path, withSize: size)
    var scan = OutputLogScan(file, from: index.covered.end, run: index.covered.run)
    while true {
      switch try scan.next() {
      case .record(let found): index.add(found.record)
      case .end(let reason):
        if reason == .torn { try file.descriptor.truncate(to: scan.position) }
        return Recovered(index: index, end: scan.position, reason: reason, lastRun: scan.run)
      }
    }
  }

  private static func checkKind(_ path: String) throws(RunError) {
    switch (try? FileSystem.status(of: path))?.kind {
    case .directory:
      throw RunError.usage("--output: \(path) is a folder; --results keeps output in files of one")
    case .other: throw RunError.usage("--output: \(path) is no regular file")
    case .file, nil: break
    }
  }

  private static func open(_ path: String) throws(RunError) -> FileDescriptor.Shared {
    try checkKind(path)
    var holder: Int32?
    do throws(Errno) {
      let file = FileDescriptor.Shared(
        try FileDescriptor(opening: path, for: .updating, permissions: 0o666)
      )
      // A file system without locks cannot keep a second run out.
      guard (try? FileLock.take(file.descriptor)) ?? true else {
        holder = FileLock.holder(of: file.descriptor)
        throw Errno.wouldBlock
      }
      return file
    } catch .wouldBlock {
      throw RunError.inUse("--output: \(path)", by: holder)
    } catch {
      throw RunError.usage("--output: cannot make \(path): \(error.text)")
    }
  }

  package mutating func keep(_ chunks: [OutputChunk]) -> OutputLoss {
    var loss = OutputLoss()
    guard !chunks.isEmpty else { return loss }
    lookAfterFile(&loss)
    var bytes: ContiguousArray<UInt8> = []
    var records: [OutputLogRecord] = []
    if !hasBegun {
      let text = ContiguousArray(SystemText.bytes(of: name).prefix(OutputChunk.mostBytes))
      records.append(Self.append(.run(run), text, to: &bytes))
    }
    let first = records.count
    for chunk in chunks {
      let kind = OutputLogRecord.Kind.output(chunk.origin, offset: chunk.offset)
      records.append(Self.append(kind, chunk.bytes, to: &bytes))
      lastTask = chunk.origin.task
    }
    var count = 0
    var reason: Errno?
    do throws(Errno) {
      try file.descriptor.writeAll(bytes, at: end, count: &count)
    } catch {
      reason = error
    }
    var kept = 0
    while kept < records.count, records[kept].size <= count {
      count -= records[kept].size
      end += Int64(records[kept].size)
      index.add(records[kept])
      kept += 1
    }
    if kept > 0 { hasBegun = true }
    guard let reason else { return loss }
    // If even this fails a torn record stays for now; it lies where the next one begins.
    if count > 0 { try? file.descriptor.truncate(to: end) }
    for chunk in chunks[max(0, kept - first)...] {
      loss.note(chunk.origin.task, "cannot write \(path): \(reason.text)")
    }
    return loss
  }

  private static func append(
    _ kind: OutputLogRecord.Kind,
    _ content: ContiguousArray<UInt8>,
    to bytes: inout ContiguousArray<UInt8>
  ) -> OutputLogRecord {
    let record = OutputLogRecord(kind, count: content.count)
    bytes.append(contentsOf: record.header)
    bytes.append(contentsOf: content)
    bytes.append(UInt8(ascii: "\n"))
    return record
  }

  package mutating func takeNotices() -> [String] {
    defer { notices = [] }
    return notices
  }

  /// Sees whether somebody cut, moved or removed the file, and mends what can be mended.
  private mutating func lookAfterFile(_ loss: inout OutputLoss) {
    guard let status = try? FileSystem.status(of: file.descriptor) else { return }
    if status.size < end, isCut(at: status.size) {
      loss.noteEarlier("\(path) was cut while the run went on")
      if let found = recovered(status.size) {
        (index, end, run) = (found.index, found.end, found.lastRun + 1)
        hasBegun = false
      }
    }
    guard !isGone, status.links == 0 || Clock.now >= nextLook else { return }
    nextLook = Clock.now + .seconds(1)
    let named = try? FileSystem.status(of: path)
    if let named, named.isSameFile(as: status) { return }
    if status.links > 0, let other = FileSystem.path(of: file.descriptor) {
      path = other
      notices.append("the file of --output was moved while the run went on; it is \(other)")
      return
    }
    writeAnew(isReplaced: named != nil, &loss)
  }

  /// A file system may be late in what it tells of a size; what can be read was not cut off.
  private func isCut(at size: Int64) -> Bool {
    var byte = ContiguousArray<UInt8>(repeating: 0, count: 1)
    return (try? file.descriptor.readAll(into: &byte, at: size)) == 0
  }

  /// Finds out what a file that was cut still has; one without a beginning gets a new one.
  private func recovered(_ size: Int64) -> Recovered? {
    if size < OutputLogRecord.magic.utf8.count { try? file.descriptor.truncate(to: 0) }
    return (try? Self.recover(file, path)) ?? nil
  }

  /// Writes all that there is into a new file, since the old one goes with its descriptor.
  private mutating func writeAnew(isReplaced: Bool, _ loss: inout OutputLoss) {
    do throws(Errno) {
      (file, path) = try RowFileRescue.copy(file.descriptor, size: end, of: path)
      if let found = try Self.recover(file, path) { index = found.index }
      notices.append(
        isReplaced
          ? "the file of --output was replaced by another while the run went on; output is in \(path)"
          : "the file of --output was removed while the run went on; it is written anew: \(path)"
      )
    } catch {
      isGone = true
      loss.noteEarlier(
        "\(path) was removed while the run went on and cannot be written anew: \(error.text)"
      )
    }
  }

  package mutating func finish() -> OutputLoss {
    var loss = OutputLoss()
    nextLook = Clock.now
    lookAfterFile(&loss)
    index.flush()
    guard hasBegun else { return loss }
    do throws(Errno) {
      try file.descriptor.makeDurable()
    } catch {
      // A file server may say only now that it had no room.
      loss.note(lastTask, "cannot write \(path): \(error.text)")
    }
    return loss
  }
}
