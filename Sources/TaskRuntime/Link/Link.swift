/// One connection between driver and engine: frames in, frames out, never waiting.
///
/// What is sent gathers until `flush`, so that a turn of the loop costs one write.
package final class Link {
  /// What became of a link.
  package enum Condition: Equatable, Sendable {
    case open
    /// The other side has gone; frames that came before may still wait.
    case ended
  }

  private let descriptor: FileDescriptor
  private let registration: Poller.Registration
  private var isWaitingToWrite = false
  private var incoming = FrameReader()
  private var outgoing = WireWriter()
  /// Whether more can come.
  package private(set) var condition = Condition.open

  /// Takes over a connected socket or pipe, and watches it.
  package init(
    _ descriptor: consuming FileDescriptor,
    as source: Poller.Source,
    in poller: inout Poller
  ) throws(Errno) {
    try descriptor.setNonblocking(true)
    registration = try poller.add(descriptor.rawValue, for: .reading, as: source)
    self.descriptor = descriptor
  }

  /// Reads what has come; then `next` gives it frame by frame.
  package func receive(
    through buffer: inout ContiguousArray<UInt8>,
    mostBytes: Int = 1 << 20
  ) {
    var taken = 0
    while condition == .open, taken < mostBytes {
      switch (try? descriptor.read(into: &buffer)) ?? .ended {
      case .bytes(let count):
        incoming.append(buffer[..<count])
        taken += count
        if count < buffer.count { return }
      case .wouldBlock: return
      case .ended: condition = .ended
      }
    }
  }

  /// Takes the next frame that has come whole.
  package func next() throws(WireError) -> WireReader? { try incoming.next() }

  /// How many bytes wait for the other side to take them.
  package var waitingCount: Int { outgoing.count }

  /// Puts a frame behind those that wait.
  package func send(_ body: (inout WireWriter) -> Void) {
    guard condition == .open else { return }
    outgoing.frame(body)
  }

  /// Writes what waits, as far as the other side takes it; the poller tells when it takes more.
  package func flush(in poller: inout Poller) {
    while condition == .open, outgoing.count > 0 {
      let transfer = unsafe outgoing.withWaiting { bytes in
        (try? unsafe descriptor.write(bytes)) ?? .ended
      }
      switch transfer {
      case .bytes(let count): outgoing.take(count)
      case .wouldBlock: return watch(writing: true, in: &poller)
      case .ended: condition = .ended
      }
    }
    watch(writing: false, in: &poller)
  }

  /// Stops watching; the descriptor closes with the link.
  package func close(in poller: inout Poller) {
    if poller.isCurrent(registration) { poller.remove(registration) }
    condition = .ended
  }

  private func watch(writing: Bool, in poller: inout Poller) {
    guard writing != isWaitingToWrite, poller.isCurrent(registration) else { return }
    isWaitingToWrite = writing
    // Changing a watched descriptor takes no resources that could be missing.
    try? poller.change(registration, to: writing ? [.reading, .writing] : .reading)
  }
}
