import TaskLang

/// What status files say in sum: how tasks ended, where time went, what failed in the same way.
///
/// Rows are taken in the order of the files; a barrier's row ends a stage, for everything before it
/// has been written by then.
package struct StatusDigest: Sendable {
  /// Whether a run goes on that writes one of the files.
  package var isLive = false

  /// Sums over some of the rows.
  package struct Share: Sendable {
    package var tasks = 0
    package var failed = 0
    /// Time that tasks ran, added up.
    package var busy = Seconds(nanoseconds: 0)
    package var start = Seconds(nanoseconds: .max)
    package var finish = Seconds(nanoseconds: .min)

    /// From the first start to the last finish.
    package var span: Seconds {
      tasks == 0 ? Seconds(nanoseconds: 0) : finish - start
    }

    mutating func take(_ row: StatusRow) {
      tasks += 1
      if !row.hasSucceeded { failed += 1 }
      busy = busy + row.elapsed
      start = min(start, row.start)
      finish = max(finish, row.finish)
    }
  }

  /// The tasks between two barriers.
  package struct Stage: Sendable {
    package var share = Share()
    /// Most tasks that ran at the same time.
    package var peak = 0
    /// Slot time that went unused between a slot's last task and the stage's end.
    package var idle = Seconds(nanoseconds: 0)
  }

  /// A task among the slowest.
  package struct Slow: Sendable {
    package var id: Int
    package var line: Int
    package var elapsed: Seconds
    package var command: [UInt8]
  }

  /// All rows of tasks that ran, once for each attempt that counts.
  package private(set) var all = Share()
  package private(set) var nodes: [String: Share] = [:]
  package private(set) var stages: [Stage] = []
  package private(set) var slowest: [Slow] = []
  /// Rows with S: taken over from an earlier run.
  package private(set) var skipped = 0
  /// Rows with Z: attempts that do not count.
  package private(set) var uncounted = 0
  package private(set) var barriers = 0
  package private(set) var perEngine = 0
  package private(set) var perEngineFailed = 0
  package private(set) var perEngineFailures = FailureGroups()
  /// Bytes of task output, standard output and error together.
  package private(set) var leakedBytes = 0

  private static let slowestCount = 10
  private var current = Stage()
  private var moments: [(time: Seconds, change: Int)] = []

  package init() {}

  /// Takes a row.
  package mutating func take(_ row: StatusRow, _ bytes: Span<UInt8>) {
    switch row.kind {
    case .skipped: skipped += 1
    case .uncounted: uncounted += 1
    case .perEngine:
      perEngine += 1
      guard !row.hasSucceeded else { return }
      perEngineFailed += 1
      perEngineFailures.take(StatusArchive.Found(row: row, bytes: bytes.indices.map { bytes[$0] }))
    case .barrier:
      barriers += 1
      endStage()
    case .task:
      all.take(row)
      current.share.take(row)
      nodes[Self.text(row.node, bytes), default: Share()].take(row)
      moments.append((row.start, 1))
      moments.append((row.finish, -1))
      leakedBytes = leakedBytes.addingClamped(row.outputBytes).addingClamped(row.errorBytes)
      takeSlow(row, bytes)
    }
  }

  /// Ends the current stage; call it after the last row of a file.
  package mutating func endStage() {
    defer {
      current = Stage()
      moments.removeAll(keepingCapacity: true)
    }
    guard current.share.tasks > 0 else { return }
    // At equal times a task that ended frees its slot for the one that starts.
    moments.sort { ($0.time, $0.change) < ($1.time, $1.change) }
    var running = 0
    for moment in moments {
      running += moment.change
      current.peak = max(current.peak, running)
    }
    let ends = moments.lazy.filter { $0.change < 0 }.suffix(current.peak)
    for end in ends {
      current.idle = current.idle + (current.share.finish - end.time)
    }
    stages.append(current)
  }

  private mutating func takeSlow(_ row: StatusRow, _ bytes: Span<UInt8>) {
    if slowest.count == Self.slowestCount, let last = slowest.last, row.elapsed <= last.elapsed {
      return
    }
    let place = slowest.firstIndex { $0.elapsed < row.elapsed } ?? slowest.count
    slowest.insert(
      Slow(id: row.id, line: row.line, elapsed: row.elapsed, command: row.command(in: bytes)),
      at: place
    )
    if slowest.count > Self.slowestCount { slowest.removeLast() }
  }

  private static func text(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    SystemText.text(of: range.map { bytes[$0] })
  }
}
