import Glibc
import TaskLang

/// Status files of earlier runs, read once, whose rows can be looked up again.
///
/// The files stay open, and a row's text stays in them: ten million tasks cost their entries only.
/// What can be read only once, as a pipe, is kept in memory.
package struct StatusArchive {
  /// A file of the archive.
  package final class File {
    package let path: String
    fileprivate let descriptor: FileDescriptor
    /// Lines that were left out.
    package fileprivate(set) var leftOut = StatusFileReader.LeftOut()
    /// The hosts that its own rows name, not those that were taken over.
    package fileprivate(set) var nodes: Set<String> = []
    /// Whether its last line had no end and was left out.
    package fileprivate(set) var hasTornEnd = false

    /// Which file it is.
    var status: FileSystem.Status? { try? FileSystem.status(of: descriptor) }

    /// What was left out, for a person: a line for each kind, none when all could be read.
    package var remarks: [String] {
      var remarks: [String] = []
      if let first = leftOut.firstLine {
        remarks.append(
          leftOut.count == 1
            ? "\(path): left out line \(first), which is no status row: \(leftOut.reason)"
            : "\(path): left out \(leftOut.count) lines that are no status rows; the first is line "
              + "\(first): \(leftOut.reason)"
        )
      }
      if hasTornEnd {
        remarks.append("\(path): left out the last line, which was not written to its end")
      }
      return remarks
    }

    fileprivate init(_ path: String) throws(Errno) {
      self.path = path
      let opened = try FileDescriptor(opening: path, for: .reading)
      if try FileSystem.status(of: opened).kind == .other {
        descriptor = try opened.copyInMemory()
      } else {
        descriptor = opened
      }
    }
  }

  /// A row with the bytes it was read from.
  package struct Found {
    package let row: StatusRow
    package let bytes: [UInt8]

    /// The command.
    package var command: [UInt8] { row.command(in: bytes.span) }
    /// The two ends of the task's standard error.
    package var errorSnippet: String { StatusRow.snippet(row.errorSnippet, in: bytes.span) }
    /// The host it ran on.
    package var node: String { SystemText.text(of: bytes[row.node]) }
  }

  package private(set) var files: [File] = []
  /// How each task ended, all files taken together.
  package private(set) var history = TaskHistory()

  package init() {}

  /// Reads a file behind those before.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - visit: Hears of each row on the way.
  /// - Throws: What the system says when it cannot be read.
  package mutating func add(
    _ path: String,
    _ visit: (StatusRow, Span<UInt8>) -> Void = { _, _ in }
  ) throws(Errno) {
    let file = try File(path)
    var reader = StatusFileReader()
    var history = TaskHistory()
    swap(&history, &self.history)
    defer { swap(&history, &self.history) }
    var lastNode: ContiguousArray<UInt8> = []
    try reader.read(file.descriptor) { row, bytes, offset in
      // Rows in a row are nearly always of one host.
      let isSame =
        row.node.count == lastNode.count
        && zip(row.node, lastNode).allSatisfy { bytes[$0] == $1 }
      if !isSame, row.kind != .skipped {
        lastNode = ContiguousArray(row.node.map { bytes[$0] })
        file.nodes.insert(String(decoding: lastNode, as: UTF8.self))
      }
      history.take(row, file: files.count, offset: offset, length: bytes.count)
      visit(row, bytes)
    }
    file.leftOut = reader.leftOut
    file.hasTornEnd = reader.hasTornEnd
    files.append(file)
  }

  /// Reads the row of an entry again.
  ///
  /// - Returns: `nil` when the file no longer has it there.
  package func row(of entry: TaskHistory.Entry) -> Found? {
    var bytes = [UInt8](repeating: 0, count: Int(entry.length))
    let number = files[Int(entry.file)].descriptor.rawValue
    let count = unsafe bytes.withUnsafeMutableBytes { room in
      unsafe pread(number, room.baseAddress, room.count, entry.offset)
    }
    guard count == bytes.count, let row = try? StatusRow(bytes.span) else { return nil }
    return Found(row: row, bytes: bytes)
  }

  /// Ids of the tasks that failed and did not succeed later, in ascending order.
  package var failedIDs: [Int] {
    history.ids.filter { id in history[id].map { $0.returnCode != 0 } ?? false }
  }
}
