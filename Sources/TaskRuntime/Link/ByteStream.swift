/// Bytes to and from another process, never waiting.
///
/// One descriptor carries both directions, a socket; or each direction has one, as the standard streams of
/// a program do.
package struct ByteStream: ~Copyable {
  private let incoming: FileDescriptor
  /// `nil` where `incoming` carries both directions.
  private let outgoing: FileDescriptor.Shared?
  private var source = Poller.Source(kind: 0)
  private var registration: Poller.Registration?
  /// Where the poller watches `outgoing`, while there is something to write.
  ///
  /// A pipe whose reader has gone would be ready all the time.
  private var outgoingRegistration: Poller.Registration?
  private var awaitsRoom = false

  /// Takes over a connected socket.
  package init(_ socket: consuming FileDescriptor) throws(Errno) {
    try socket.setNonblocking(true)
    incoming = socket
    outgoing = nil
  }

  /// Takes over the ends of two pipes.
  package init(
    reading: consuming FileDescriptor,
    writing: consuming FileDescriptor
  ) throws(Errno) {
    try reading.setNonblocking(true)
    try writing.setNonblocking(true)
    incoming = reading
    outgoing = FileDescriptor.Shared(writing)
  }

  /// Has the poller tell when there is something to read, or nobody left to write it.
  package mutating func watch(
    as source: Poller.Source,
    in poller: inout Poller
  ) throws(Errno) {
    registration = try poller.add(incoming.rawValue, for: .reading, as: source)
    self.source = source
  }

  /// Has the poller tell no more; only then may the stream go.
  package mutating func unwatch(in poller: inout Poller) {
    if let registration { poller.remove(registration) }
    if let outgoingRegistration { poller.remove(outgoingRegistration) }
    registration = nil
    outgoingRegistration = nil
    awaitsRoom = false
  }

  /// Reads the bytes that have come; an error is the end.
  package func read(into buffer: inout ContiguousArray<UInt8>) -> FileDescriptor.Transfer {
    (try? incoming.read(into: &buffer)) ?? .ended
  }

  /// Writes as much as the other side takes; an error is the end.
  package func write(_ bytes: UnsafeRawBufferPointer) -> FileDescriptor.Transfer {
    if let outgoing { return (try? unsafe outgoing.descriptor.write(bytes)) ?? .ended }
    return (try? unsafe incoming.write(bytes)) ?? .ended
  }

  /// Has the poller tell, or tell no more, when the other side takes more; does nothing unless watched.
  ///
  /// - Throws: when the kernel has no room to watch another descriptor.
  package mutating func awaitRoom(_ isWanted: Bool, in poller: inout Poller) throws(Errno) {
    guard isWanted != awaitsRoom, let registration else { return }
    if let outgoing {
      if let outgoingRegistration { poller.remove(outgoingRegistration) }
      outgoingRegistration = nil
      if isWanted {
        outgoingRegistration = try poller.add(
          outgoing.descriptor.rawValue,
          for: .writing,
          as: source
        )
      }
    } else {
      try poller.change(registration, to: isWanted ? [.reading, .writing] : .reading)
    }
    awaitsRoom = isWanted
  }
}
