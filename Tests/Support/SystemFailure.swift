import Glibc

/// A system call that did not do what a test needs.
package struct SystemFailure: Error, CustomStringConvertible {
  /// The call and what it was about.
  package let attempt: String
  /// Its errno.
  package let code: Int32

  init(_ call: String, on subject: String, code: Int32 = errno) {
    attempt = "\(call) \(subject)"
    self.code = code
  }

  /// The call, its subject and the reason as text.
  package var description: String {
    // strerror gives a zero-terminated text that lives at least until the next call on this thread.
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    return "\(attempt): \(reason)"
  }
}
