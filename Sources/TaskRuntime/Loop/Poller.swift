import CLinux
package import TaskScheduler

/// Waits until one of many descriptors is ready.
///
/// Source: epoll(7), level triggered. A registration has a generation, and `isCurrent` tells
/// readiness that was collected for a descriptor since given up from that of its successor. What is
/// registered must be removed before it is closed: a child between vfork and exec may keep a closed
/// descriptor alive, and it would go on reporting.
package struct Poller: ~Copyable {
  /// Whose descriptor it is: a kind and an index, both the caller's own.
  package struct Source: Hashable, Sendable {
    package var kind: UInt16
    package var index: UInt32

    package init(kind: UInt16, index: UInt32 = 0) {
      self.kind = kind
      self.index = index
    }
  }

  /// What one wants to know of a descriptor.
  package struct Interest: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    package static let reading = Interest(rawValue: UInt32(CLINUX_READABLE))
    package static let writing = Interest(rawValue: UInt32(CLINUX_WRITABLE))
  }

  /// The right to a place in the poller's table.
  package struct Registration: Hashable, Sendable {
    fileprivate var place: UInt32
    fileprivate var generation: UInt32
  }

  /// One descriptor that is ready.
  package struct Readiness: Sendable {
    package var source: Source
    package var registration: Registration
    /// A read will not wait; true also at the end of the input and on errors, which the read tells.
    package var isReadable: Bool
    /// A write will not wait, or will fail.
    package var isWritable: Bool
  }

  private struct Place {
    var generation: UInt32 = 0
    var descriptor: Int32 = -1
    var source = Source(kind: 0)
  }

  private let epoll: FileDescriptor
  private var places: ContiguousArray<Place> = []
  private var free: ContiguousArray<UInt32> = []
  private var buffer = ContiguousArray(repeating: clinux_ready(), count: 256)

  /// Makes a poller that watches nothing.
  package init() throws(Errno) {
    epoll = FileDescriptor(owning: try retrying { clinux_epoll_create() })
  }

  /// Watches a descriptor until `remove`.
  ///
  /// - Throws: `EPERM` for a regular file, which is always ready and cannot be watched.
  package mutating func add(
    _ descriptor: Int32,
    for interest: Interest,
    as source: Source
  ) throws(Errno) -> Registration {
    let index: UInt32
    if let reused = free.popLast() {
      index = reused
    } else {
      index = UInt32(places.count)
      places.append(Place())
    }
    let registration = Registration(place: index, generation: places[Int(index)].generation)
    do {
      _ = try retrying {
        clinux_epoll_add(epoll.rawValue, descriptor, interest.rawValue, registration.token)
      }
    } catch {
      free.append(index)
      throw error
    }
    places[Int(index)].descriptor = descriptor
    places[Int(index)].source = source
    return registration
  }

  /// Changes what is wanted of a watched descriptor.
  package mutating func change(
    _ registration: Registration,
    to interest: Interest
  ) throws(Errno) {
    precondition(isCurrent(registration), "a registration is changed after its removal")
    let descriptor = places[Int(registration.place)].descriptor
    _ = try retrying {
      clinux_epoll_modify(epoll.rawValue, descriptor, interest.rawValue, registration.token)
    }
  }

  /// Stops watching; only then may the descriptor be closed.
  package mutating func remove(_ registration: Registration) {
    precondition(isCurrent(registration), "a registration is removed twice")
    let index = Int(registration.place)
    // The descriptor is open, by the rule above, so the kernel has nothing to complain of.
    _ = clinux_epoll_delete(epoll.rawValue, places[index].descriptor)
    places[index].generation &+= 1
    places[index].descriptor = -1
    free.append(registration.place)
  }

  /// Whether the registration has not been removed.
  package func isCurrent(_ registration: Registration) -> Bool {
    places[Int(registration.place)].generation == registration.generation
  }

  /// Waits until something is ready or the time has come.
  ///
  /// - Parameters:
  ///   - deadline: When to return at the latest; `nil` for never.
  ///   - now: The time now.
  ///   - ready: Is filled with what is ready; earlier contents go.
  /// - Throws: nothing but what shows a broken poller.
  package mutating func wait(
    until deadline: Instant?,
    at now: Instant,
    into ready: inout ContiguousArray<Readiness>
  ) throws(Errno) {
    ready.removeAll(keepingCapacity: true)
    let timeout = Self.milliseconds(until: deadline, at: now)
    let count: Int32
    do {
      count = try unsafe buffer.withUnsafeMutableBufferPointer { places throws(Errno) in
        let result = unsafe clinux_epoll_wait(
          epoll.rawValue,
          places.baseAddress,
          Int32(places.count),
          timeout
        )
        if result < 0 { throw Errno.last }
        return result
      }
    } catch .interrupted {
      // A stop and continue of the process, say; the caller comes round again.
      return
    }
    for entry in buffer.prefix(Int(count)) {
      let registration = Registration(token: entry.token)
      guard isCurrent(registration) else { continue }
      let alarm = UInt32(CLINUX_ERROR | CLINUX_HANGUP)
      ready.append(
        Readiness(
          source: places[Int(registration.place)].source,
          registration: registration,
          isReadable: entry.events & (Interest.reading.rawValue | alarm) != 0,
          isWritable: entry.events & (Interest.writing.rawValue | alarm) != 0
        )
      )
    }
  }

  /// Rounds up, so that nobody wakes before his time and turns until it comes.
  private static func milliseconds(until deadline: Instant?, at now: Instant) -> Int32 {
    guard let deadline else { return -1 }
    guard deadline > now else { return 0 }
    let rest = (deadline - now).nanoseconds
    return Int32(clamping: rest / 1_000_000 + (rest % 1_000_000 == 0 ? 0 : 1))
  }
}

extension Poller.Registration {
  fileprivate var token: UInt64 { UInt64(generation) << 32 | UInt64(place) }

  fileprivate init(token: UInt64) {
    place = UInt32(truncatingIfNeeded: token)
    generation = UInt32(truncatingIfNeeded: token >> 32)
  }
}
