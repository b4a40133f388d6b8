/// Reads output that was kept in files of its own.
struct ResultsReader: OutputArchive {
  private let folder: ResultsFolder

  init(_ folder: ResultsFolder) {
    self.folder = folder
  }

  var notes: [String] { [] }

  func attempts(of task: Int64?) throws(OutputArchiveError) -> [KeptAttempt] {
    let subfolders: [String]
    if let task {
      subfolders = [ResultsFolder.subfolderName(of: task)]
    } else {
      subfolders = folder.subfolders
    }
    var attempts: [KeptAttempt] = []
    for subfolder in subfolders {
      let names = folder.names(in: subfolder).filter { task == nil || $0.task == task }
        .sorted { ($0.task, $0.number) < ($1.task, $1.number) }
      for name in names {
        if attempts.last?.task != name.task || attempts.last?.number != name.number {
          attempts.append(KeptAttempt(task: name.task, number: name.number))
        }
        let size = (try? FileSystem.status(of: folder.file(name)))?.size ?? 0
        switch name.stream {
        case .output: attempts[attempts.count - 1].outputByteCount = size
        case .error: attempts[attempts.count - 1].errorByteCount = size
        }
      }
    }
    return attempts
  }

  /// Standard output comes first: between two files there is no order.
  func read(
    _ attempt: KeptAttempt,
    _ streams: Set<OutputStream>,
    _ body: (OutputStream, Span<UInt8>) -> Bool
  ) throws(OutputArchiveError) -> Int64 {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    for stream in OutputStream.allCases where streams.contains(stream) {
      let name = ResultsFolder.Name(task: attempt.task, number: attempt.number, stream: stream)
      do throws(Errno) {
        let file = try FileDescriptor(opening: folder.file(name), for: .reading)
        while true {
          let count = try file.readWaiting(into: &buffer)
          guard count > 0, body(stream, buffer.span.extracting(first: count)) else { break }
        }
      } catch .noSuchFile {
        continue
      } catch {
        throw OutputArchiveError(error)
      }
    }
    return 0
  }

  var taskRange: ClosedRange<Int64>? {
    get throws(OutputArchiveError) {
      let subfolders = folder.subfolders
      func tasks(_ subfolder: String) -> [Int64] { folder.names(in: subfolder).map(\.task) }
      guard let least = subfolders.lazy.compactMap({ tasks($0).min() }).first,
        let greatest = subfolders.reversed().lazy.compactMap({ tasks($0).max() }).first
      else { return nil }
      return least...greatest
    }
  }
}
