import Glibc

/// A thread of this process, to be waited for or let go by its owner.
///
/// It has all signals blocked, so that none strays into it: they are for the thread that collects them,
/// or for the process.
package struct Thread: ~Copyable {
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  private let handle: pthread_t

  /// Starts a thread that runs `body` and ends.
  ///
  /// - Parameters:
  ///   - stackBytes: The size of its stack; that of the system would be `ulimit -s`, whatever that is.
  ///   - body: What it does.
  /// - Throws: when there are too many threads.
  package init(
    stackBytes: Int = 1 << 20,
    _ body: @escaping @Sendable () -> Void
  ) throws(Errno) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackBytes)
    // The thread takes the reference over; if there is none, it is taken back here.
    let box = unsafe Unmanaged.passRetained(Body(body))
    var handle = pthread_t()
    var (all, before) = (sigset_t(), sigset_t())
    unsafe sigfillset(&all)
    // A thread begins with the mask of the one that starts it.
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    let result = unsafe pthread_create(
      &handle,
      &attributes,
      { raw in
        guard let raw = unsafe raw else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      },
      box.toOpaque()
    )
    guard result == 0 else {
      unsafe box.release()
      throw Errno(result)
    }
    self.handle = handle
  }

  /// Waits until the thread has ended.
  package consuming func join() {
    _ = pthread_join(handle, nil)
  }

  /// Lets the thread go, for one that nobody may wait for; what it took is given back at its end.
  package consuming func detach() {
    _ = pthread_detach(handle)
  }
}
