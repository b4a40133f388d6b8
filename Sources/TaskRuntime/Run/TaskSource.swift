package import TaskLang

/// The task file as it is read: a file in chunks, a pipe as its bytes come.
package struct TaskSource: ~Copyable {
  /// Whether bytes can be had now.
  package enum Supply: Hashable, Sendable {
    /// Read something, or the end.
    case advanced
    /// A pipe is empty; the poller tells when it is not.
    case waiting
  }

  private var descriptor: FileDescriptor
  /// Whether a read may wait for a file server, and nobody reads for us yet.
  private var needsPump: Bool
  private var pump: FilePump?
  private let name: String
  private var registration: Poller.Registration?
  /// Whether the kernel can tell of readiness; a regular file is always ready.
  private var isPollable = true
  private var isReadable = false
  /// The front end that the bytes go through.
  package private(set) var feed: TaskFeed

  /// Opens the input.
  ///
  /// - Throws: `RunError` when it cannot be read.
  package init(_ input: RunOptions.Input, checks: Bool) throws(RunError) {
    feed = TaskFeed(checks: checks)
    name = input.title
    descriptor = try input.open()
    needsPump =
      (try? FileSystem.status(of: descriptor))?.kind == .file && !FileSystem.isLocal(descriptor)
  }

  /// Takes the next step that has come.
  package mutating func take() -> Step? { feed.next() }

  /// Reads a chunk, if that needs no waiting.
  ///
  /// - Throws: `RunError` when the input breaks off.
  package mutating func advance(
    through buffer: inout ContiguousArray<UInt8>,
    as source: Poller.Source,
    in poller: inout Poller
  ) throws(RunError) -> Supply {
    guard !feed.hasEnded else { return .advanced }
    if needsPump { try startPump() }
    if isPollable, !isReadable {
      watch(as: source, in: &poller)
      if isPollable { return .waiting }
    }
    isReadable = false
    let transfer: FileDescriptor.Transfer
    do {
      transfer = try descriptor.read(into: &buffer)
    } catch {
      throw RunError.usage("cannot read \(name): \(error.text)")
    }
    switch transfer {
    case .bytes(let count): feed.append(buffer.span.extracting(first: count))
    case .wouldBlock: return .waiting
    case .ended:
      if let reason = pump?.failure {
        throw RunError.usage("cannot read \(name): \(reason.text)")
      }
      feed.end()
    }
    if feed.hasEnded { unwatch(in: &poller) }
    return .advanced
  }

  /// Has a thread read, since a file server may take its time.
  ///
  /// Not before the first read: signals are collected by then, and the thread leaves them alone.
  private mutating func startPump() throws(RunError) {
    needsPump = false
    do {
      let output = try FilePump.start(try descriptor.copy())
      pump = output.pump
      descriptor = output.takeReading()
    } catch {
      throw RunError.host("cannot read \(name)", error)
    }
  }

  /// Takes note that the poller called the input ready, and asks for no more until it is read.
  package mutating func noteReadable(in poller: inout Poller) {
    isReadable = true
    unwatch(in: &poller)
  }

  private mutating func watch(as source: Poller.Source, in poller: inout Poller) {
    guard registration == nil else { return }
    do {
      registration = try poller.add(descriptor.rawValue, for: .reading, as: source)
    } catch {
      // A regular file; reading it does not wait for anybody.
      isPollable = false
    }
  }

  private mutating func unwatch(in poller: inout Poller) {
    if let registration { poller.remove(registration) }
    registration = nil
  }
}
