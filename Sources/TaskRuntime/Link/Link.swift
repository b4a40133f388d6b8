/// One connection between driver and engine: frames in, frames out, never waiting.
///
/// Frames gather until `flush`, so that a turn of the loop costs one write.
package final class Link {
  /// Whether a link is of use.
  package enum Condition: Equatable, Sendable {
    case open
    /// The other side has gone; frames that came before may still wait.
    case ended
  }

  private var stream: ByteStream
  private var incoming = FrameReader()
  private var outgoing = WireWriter()
  /// Whether the other side takes what is sent; one that does not may have said something before it went.
  private var canSend = true
  /// Whether more can come.
  package private(set) var condition = Condition.open

  /// Takes over a stream, and watches it.
  package init(
    _ stream: consuming ByteStream,
    as source: Poller.Source,
    in poller: inout Poller
  ) throws(Errno) {
    try stream.watch(as: source, in: &poller)
    self.stream = stream
  }

  /// Takes over a connected socket, and watches it.
  package convenience init(
    _ socket: consuming FileDescriptor,
    as source: Poller.Source,
    in poller: inout Poller
  ) throws(Errno) {
    try self.init(ByteStream(socket), as: source, in: &poller)
  }

  /// Reads the bytes that have come; then `next` gives them frame by frame.
  package func receive(
    through buffer: inout ContiguousArray<UInt8>,
    mostBytes: Int = 1 << 20
  ) {
    var taken = 0
    while condition == .open, taken < mostBytes {
      switch stream.read(into: &buffer) {
      case .bytes(let count):
        incoming.append(buffer[..<count])
        taken += count
        if count < buffer.count { return }
      case .wouldBlock: return
      case .ended: condition = .ended
      }
    }
  }

  /// The next frame that has come whole; `nil` when more bytes are needed.
  ///
  /// - Throws: when what came can be no frame, after which nothing else that comes makes sense.
  package func next() throws(WireError) -> WireReader? { try incoming.next() }

  /// How many bytes wait for the other side to take them.
  package var waitingCount: Int { outgoing.count }

  /// Puts a frame behind those that wait.
  package func send(_ body: (inout WireWriter) -> Void) {
    guard condition == .open, canSend else { return }
    outgoing.frame(body)
  }

  /// Writes the frames that wait, as far as the other side takes it; the poller tells when it takes more.
  package func flush(in poller: inout Poller) {
    while condition == .open, outgoing.count > 0 {
      let transfer = unsafe outgoing.withWaiting { unsafe stream.write($0) }
      switch transfer {
      case .bytes(let count): outgoing.take(count)
      case .wouldBlock:
        // Without room to watch for it in the kernel, there is no way to go on.
        if (try? stream.awaitRoom(true, in: &poller)) == nil { giveUpSending() }
        return
      case .ended: giveUpSending()
      }
    }
    // Watching for less takes no room.
    try? stream.awaitRoom(false, in: &poller)
  }

  /// Stops watching; the descriptors close with the link.
  package func close(in poller: inout Poller) {
    stream.unwatch(in: &poller)
    condition = .ended
  }

  private func giveUpSending() {
    canSend = false
    outgoing.take(outgoing.count)
  }
}
