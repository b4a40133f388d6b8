import TaskLang

/// What somebody else did to a status file while its run goes on.
package enum RowFileIncident: Hashable, Sendable {
  /// It was cut, and rows with it.
  case cut
  /// It has another name now.
  case moved(from: String, to: String)
  /// It was removed, or another file has its name; all its rows were written into a new file.
  case writtenAnew(String, at: String, isReplaced: Bool)
  /// It was removed, and no new file can be written now.
  case gone(String, Errno)

  /// The message about it.
  package var text: String {
    switch self {
    case .cut:
      "the status file was cut while the run went on: rows of tasks that had ended are lost; "
        + "resuming runs those tasks again"
    case .moved(_, let path):
      "the status file was moved while the run went on; its rows are in \(path)"
    case .writtenAnew(_, let path, false):
      "the status file was removed while the run went on; it is written anew: \(path)"
    case .writtenAnew(_, let path, true):
      "the status file was replaced by another file while the run went on; its rows are in \(path)"
    case .gone(_, let reason):
      "the status file was removed while the run went on and cannot be written anew "
        + "(\(reason.advice)): its rows are lost unless that succeeds before the run ends"
    }
  }
}

/// What has lost its file, into another one.
enum RowFileRescue {
  /// Copies a file that has no name any more.
  ///
  /// - Parameters:
  ///   - file: The open file.
  ///   - size: How much of it counts.
  ///   - path: The name that it had, which the new one gets if it is free. Otherwise it gets the first
  ///     number that is.
  ///   - folders: Where it is put if its folder is gone.
  /// - Returns: the new file, locked, and its name.
  /// - Throws: why there can be none.
  static func copy(
    _ file: borrowing FileDescriptor,
    size: Int64,
    of path: String,
    orIn folders: [String] = []
  ) throws(Errno) -> (file: FileDescriptor.Shared, path: String) {
    let name = PathText.name(of: path)
    var reason = Errno.noSuchFile
    for path in [path] + folders.map({ "\($0)/\(name)" }) {
      do throws(Errno) {
        let (copy, name) = try make(path)
        do throws(Errno) {
          try fill(copy.descriptor, from: file, size)
        } catch {
          try? FileSystem.remove(name)
          throw error
        }
        FileSystem.makeNameDurable(name)
        return (copy, name)
      } catch {
        reason = error
      }
    }
    throw reason
  }

  private static func make(
    _ path: String
  ) throws(Errno) -> (file: FileDescriptor.Shared, path: String) {
    var name = path
    var number = 0
    while true {
      do throws(Errno) {
        let file = FileDescriptor.Shared(try FileDescriptor(opening: name, for: .creating))
        _ = try? FileLock.take(file.descriptor)
        return (file, name)
      } catch .exists {
        number += 1
        name = "\(path).\(number)"
      }
    }
  }

  private static func fill(
    _ copy: borrowing FileDescriptor,
    from file: borrowing FileDescriptor,
    _ size: Int64
  ) throws(Errno) {
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 18)
    var place: Int64 = 0
    while place < size {
      let count = min(try file.readAll(into: &buffer, at: place), Int(clamping: size - place))
      if count == 0 { break }
      var written = 0
      try copy.writeAll(ContiguousArray(buffer[..<count]), at: place, count: &written)
      place += Int64(count)
    }
    try copy.makeDurable()
  }
}
