import TaskScheduler

/// Keeps outputs in files of their own (`--results`), made when the first byte comes.
///
/// No file is ever written over. An attempt's number in file names is its number in this run behind
/// the highest that was there before; so both its files have the same.
package struct ResultsWriter: OutputStore {
  /// Files held open at a time; others are opened again when more comes for them.
  private static let mostOpen = 64

  /// An output that is not at its end.
  private struct Live {
    var file: OpenFile?
    /// Whether its file was made.
    var isMade = false
    /// Whether something is missing, so that nothing may follow.
    var isLost = false
    var lastUse = 0
  }

  private let folder: ResultsFolder
  private var lives: [OutputOrigin: Live] = [:]
  private var openCount = 0
  private var uses = 0
  /// Subfolders that are there by now, with the highest number that each of their tasks had before;
  /// empty where there was none.
  private var subfolders: [Int64: [UInt16]] = [:]
  /// What could not be kept, since it was last told.
  private var loss = OutputLoss()

  /// Makes a writer into a folder that is there.
  package init(_ folder: ResultsFolder) {
    self.folder = folder
  }

  package mutating func keep(_ chunks: [OutputChunk]) -> OutputLoss {
    for chunk in chunks {
      var live = lives.removeValue(forKey: chunk.origin) ?? Live()
      if live.file != nil { openCount -= 1 }
      if let file = live.file, file.isRemoved { live = removed(chunk.origin) }
      if !live.isLost {
        do throws(Errno) {
          try append(chunk, to: &live)
        } catch {
          live = lost(chunk.origin, error)
        }
      }
      guard !chunk.isLast else { continue }
      if live.file != nil { openCount += 1 }
      lives[chunk.origin] = live
    }
    return takeLoss()
  }

  package mutating func finish() -> OutputLoss {
    for (origin, live) in lives {
      do throws(Errno) { try live.file?.close() } catch { _ = lost(origin, error) }
    }
    lives = [:]
    noteMissingFolders()
    return takeLoss()
  }

  private mutating func takeLoss() -> OutputLoss {
    defer { loss = OutputLoss() }
    return loss
  }

  /// Notes that an output is not kept from here on.
  private mutating func lost(_ origin: OutputOrigin, _ reason: Errno) -> Live {
    let path = path(of: origin)
    loss.note(origin.task, "cannot write \(path): \(reason.advice)")
    return Live(isLost: true)
  }

  /// Notes that what was kept of an output is gone.
  private mutating func removed(_ origin: OutputOrigin) -> Live {
    let path = path(of: origin)
    loss.note(origin.task, "\(path) was removed while the run went on")
    return Live(isLost: true)
  }

  /// Notes folders that are there no more, and the results with them.
  private mutating func noteMissingFolders() {
    for index in subfolders.keys {
      let path = folder.subfolder(of: index * ResultsFolder.tasksPerFolder)
      if !FileSystem.isDirectory(path) { noteRemoved(path) }
    }
  }

  private mutating func noteRemoved(_ path: String) {
    let gone = FileSystem.isDirectory(folder.path) ? path : folder.path
    loss.noteEarlier("\(gone) was removed while the run went on")
  }

  private mutating func append(_ chunk: OutputChunk, to live: inout Live) throws(Errno) {
    if !chunk.bytes.isEmpty {
      if live.file == nil { live.file = try open(chunk.origin, isMade: live.isMade) }
      live.isMade = true
      uses += 1
      live.lastUse = uses
      try live.file?.append(chunk.bytes)
    }
    if chunk.isLast {
      try live.file?.close()
      live.file = nil
    }
  }

  private mutating func open(_ origin: OutputOrigin, isMade: Bool) throws(Errno) -> OpenFile {
    if openCount >= Self.mostOpen { closeOldest() }
    let task = origin.task.rawValue
    try makeSubfolder(of: task)
    do throws(Errno) {
      return try open(path(of: origin), isMade: isMade)
    } catch .noSuchFile where !isMade {
      noteRemoved(folder.subfolder(of: task))
      if !FileSystem.isDirectory(folder.path) { try FileSystem.makeFolder(folder.path) }
      subfolders[task / ResultsFolder.tasksPerFolder] = nil
      try makeSubfolder(of: task)
      return try open(path(of: origin), isMade: false)
    }
  }

  private func open(_ path: String, isMade: Bool) throws(Errno) -> OpenFile {
    OpenFile(
      try FileDescriptor(
        opening: path,
        for: isMade ? .appendingExisting : .creating,
        permissions: 0o666,
        followsLink: false
      )
    )
  }

  private mutating func closeOldest() {
    let open = lives.filter { $0.value.file != nil }
    guard let oldest = open.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
    lives[oldest.key]?.file = nil
    openCount -= 1
    do throws(Errno) {
      try oldest.value.file?.close()
    } catch {
      lives[oldest.key] = lost(oldest.key, error)
    }
  }

  /// Makes sure of a subfolder, and sees what earlier runs have left there.
  private mutating func makeSubfolder(of task: Int64) throws(Errno) {
    let index = task / ResultsFolder.tasksPerFolder
    guard subfolders[index] == nil else { return }
    let path = folder.subfolder(of: task)
    var highest: [UInt16] = []
    do {
      try FileSystem.makeFolder(path)
    } catch .exists {
      if FileSystem.isLink(path) { throw .isLink }
      guard FileSystem.isDirectory(path) else { throw .exists }
      let name = ResultsFolder.subfolderName(of: task)
      for entry in folder.names(in: name) where entry.task / ResultsFolder.tasksPerFolder == index {
        if highest.isEmpty {
          highest = [UInt16](repeating: 0, count: Int(ResultsFolder.tasksPerFolder))
        }
        let place = Int(entry.task % ResultsFolder.tasksPerFolder)
        highest[place] = max(highest[place], UInt16(clamping: entry.number))
      }
    }
    subfolders[index] = highest
  }

  private func path(of origin: OutputOrigin) -> String {
    let task = origin.task.rawValue
    let highest = subfolders[task / ResultsFolder.tasksPerFolder] ?? []
    let earlier = highest.isEmpty ? 0 : highest[Int(task % ResultsFolder.tasksPerFolder)]
    return folder.file(
      ResultsFolder.Name(
        task: task,
        number: Int(earlier) + Int(origin.attempt.rawValue),
        stream: origin.stream
      )
    )
  }
}

/// A file that one owner writes, and whose end may tell what its writes did not.
private final class OpenFile {
  private var descriptor: FileDescriptor?

  init(_ descriptor: consuming FileDescriptor) {
    self.descriptor = consume descriptor
  }

  /// Whether it has no name any more and goes with its descriptor.
  var isRemoved: Bool {
    switch descriptor {
    case .some(let file): (try? FileSystem.status(of: file))?.links == 0
    case .none: false
    }
  }

  func append(_ bytes: ContiguousArray<UInt8>) throws(Errno) {
    try descriptor?.writeAll(bytes.span)
  }

  /// Closes it.
  ///
  /// - Throws: what a file server says only now, as that there is no room.
  func close() throws(Errno) { try descriptor.take()?.close() }
}
