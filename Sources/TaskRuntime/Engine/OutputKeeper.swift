import TaskScheduler

/// An engine's outputs on their way to where they are kept, and how much of that may be under way.
///
/// Whoever reads outputs asks `hasRoom` first and lets a pipe be when there is no room: then its
/// writer waits, and nothing grows.
package final class OutputKeeper {
  private enum Way {
    case files(OutputWriter)
    case driver(Link)
  }

  /// How much may be under way to files, in bytes.
  package static let fileWindow = 4 << 20
  /// How much may wait in a link in front of other messages, in bytes.
  private static let linkLimit = 256 << 10

  private let way: Way
  private let link: Link
  /// How much is kept of each attempt; `nil` for all.
  private var allowances: OutputAllowances?
  private let window: Int
  private var gathered: ContiguousArray<OutputChunk> = []
  /// Output that was taken and is not settled, in bytes.
  package private(set) var underway = 0
  /// Outputs of which something was taken, and whose end was not told.
  private var begun: Set<OutputOrigin> = []

  /// Makes a keeper; `nil` where nothing is to be kept.
  ///
  /// - Parameters:
  ///   - keeping: Where output is kept.
  ///   - limit: How much of each attempt's is, in bytes; `nil` for all.
  ///   - link: The way to the driver.
  /// - Throws: when the process has too many threads or descriptors.
  package init?(_ keeping: OutputKeeping, limit: Int64? = nil, link: Link) throws(Errno) {
    self.link = link
    allowances = limit.map(OutputAllowances.init(limit:))
    switch keeping {
    case .none: return nil
    case .files(let folder):
      way = .files(try OutputWriter(ResultsWriter(ResultsFolder(folder))))
      window = Self.fileWindow
    case .driver(let window):
      way = .driver(link)
      self.window = Int(clamping: window)
    }
  }

  /// The writer of files, whose progress is to be watched.
  package var writer: OutputWriter? {
    if case .files(let writer) = way { return writer }
    return nil
  }

  /// Whether there is room for more.
  package var hasRoom: Bool {
    guard underway < window else { return false }
    if case .driver(let link) = way { return link.waitingCount < Self.linkLimit }
    return true
  }

  /// Whether all that was taken is settled.
  package var isIdle: Bool { underway == 0 }

  /// Whether more of an output can be taken: there is room, or nothing of it is kept any more.
  package func hasRoom(for origin: OutputOrigin) -> Bool {
    hasRoom || allowances?.isSpent(origin) == true
  }

  /// Takes note that an output begins, whose end will be told.
  package func begin(_ origin: OutputOrigin) { allowances?.open(origin) }

  /// Takes the next bytes of an output; those beyond the limit are forgotten.
  package func take(_ bytes: ContiguousArray<UInt8>, of origin: OutputOrigin, at offset: Int64) {
    let count = allowances?.admit(bytes.count, of: origin) ?? bytes.count
    guard count > 0 else { return }
    begun.insert(origin)
    let kept = count < bytes.count ? ContiguousArray(bytes.prefix(count)) : bytes
    hand(OutputChunk(origin: origin, offset: offset, bytes: kept))
  }

  /// Takes note that nothing more of an output comes.
  package func end(_ origin: OutputOrigin) {
    if let cut = allowances?.close(origin), cut > 0 {
      link.send { EngineMessage.outputCut(origin.task, byteCount: cut).write(to: &$0) }
    }
    guard begun.remove(origin) != nil, case .files = way else { return }
    hand(OutputChunk(origin: origin, offset: 0, bytes: [], isLast: true))
  }

  private func hand(_ chunk: OutputChunk) {
    underway += chunk.cost
    switch way {
    case .files: gathered.append(chunk)
    case .driver(let link): link.send { EngineMessage.output(chunk).write(to: &$0) }
    }
  }

  /// Hands on the output of this turn of the loop.
  package func flush() {
    guard case .files(let writer) = way, !gathered.isEmpty else { return }
    writer.submit(gathered)
    gathered.removeAll()
  }

  /// Takes note that so much is settled.
  package func settle(_ cost: Int) {
    underway = max(0, underway - cost)
  }
}

/// An output that is kept, as its pipe's reader knows it.
package struct KeptOutput {
  let keeper: OutputKeeper
  let origin: OutputOrigin

  /// Whether more can be taken.
  var hasRoom: Bool { keeper.hasRoom(for: origin) }
}
