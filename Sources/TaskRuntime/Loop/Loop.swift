package import TaskScheduler

/// Watches descriptors, and wants to know when they are ready.
package protocol LoopClient: AnyObject {
  /// One of its descriptors is ready; what that means for the run it adds to the turn.
  func ready(_ readiness: Poller.Readiness, in turn: inout Turn)
}

/// The one place where a process waits: for the descriptors of its clients, until a deadline.
package final class Loop {
  /// Watches the descriptors; a client registers them with the kind that it was given.
  package var poller: Poller
  private var clients: ContiguousArray<any LoopClient> = []
  private var ready: ContiguousArray<Poller.Readiness> = []

  /// Makes a loop without clients.
  ///
  /// - Throws: when the process may have no more descriptors.
  package init() throws(Errno) { poller = try Poller() }

  /// Takes in a client, which is kept until `close`.
  ///
  /// - Returns: the kind of its sources, by which readiness finds it.
  package func attach(_ client: any LoopClient) -> UInt16 {
    clients.append(client)
    return UInt16(clients.count - 1)
  }

  /// Takes in a client that has one descriptor, which it keeps open until `close`.
  package func attach(_ client: any LoopClient, reading descriptor: Int32) throws(Errno) {
    let kind = attach(client)
    _ = try poller.add(descriptor, for: .reading, as: Poller.Source(kind: kind))
  }

  /// Waits until something is ready or the time has come.
  ///
  /// - Parameters:
  ///   - deadline: When to return at the latest; `nil` for never.
  ///   - now: The time now.
  /// - Throws: nothing but what shows a broken poller.
  package func wait(until deadline: Instant?, at now: Instant) throws(Errno) {
    try poller.wait(until: deadline, at: now, into: &ready)
  }

  /// Hands what is ready to its clients.
  ///
  /// - Complexity: O(n) in what is ready, however many descriptors are watched.
  package func dispatch(in turn: inout Turn) {
    var ready: ContiguousArray<Poller.Readiness> = []
    swap(&ready, &self.ready)
    for readiness in ready where poller.isCurrent(readiness.registration) {
      clients[Int(readiness.source.kind)].ready(readiness, in: &turn)
    }
    ready.removeAll(keepingCapacity: true)
    swap(&ready, &self.ready)
  }

  /// Lets the clients go, so that they and the loop do not keep each other.
  package func close() { clients = [] }
}
