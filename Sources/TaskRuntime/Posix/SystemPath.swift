import Glibc
import TaskLang

/// The only way of a path to the system, and from there.
///
/// A path within is text as `SystemText` has it; Swift's own passing of strings to C would hand over
/// another name.
enum SystemPath {
  /// Lends a path to a call, as the bytes that the system knows it by.
  ///
  /// - Throws: that there can be no such path, or what `call` throws.
  static func lend<Result>(
    _ path: String,
    to call: (UnsafePointer<CChar>) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    let bytes = SystemText.bytes(of: path)
    // What stands behind a zero would be lost.
    if bytes.contains(0) { throw .invalidArgument }
    let characters = ContiguousArray(bytes.map { CChar(bitPattern: $0) } + [0])
    return try unsafe characters.withUnsafeBufferPointer { (buffer) throws(Errno) in
      guard let first = buffer.baseAddress else { throw .invalidArgument }
      return try unsafe call(first)
    }
  }

  /// Makes a system call with a path, again while signals interrupt it.
  ///
  /// - Returns: what the call returned, never -1.
  @discardableResult
  static func retrying<Result: FixedWidthInteger & SignedInteger>(
    _ path: String,
    _ call: (UnsafePointer<CChar>) -> Result
  ) throws(Errno) -> Result {
    try unsafe lend(path) { (path) throws(Errno) in
      try TaskRuntime.retrying { unsafe call(path) }
    }
  }

  /// Makes a system call with two paths.
  @discardableResult
  static func retrying<Result: FixedWidthInteger & SignedInteger>(
    _ first: String,
    _ second: String,
    _ call: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Result
  ) throws(Errno) -> Result {
    try unsafe lend(first) { (first) throws(Errno) in
      try unsafe lend(second) { (second) throws(Errno) in
        try TaskRuntime.retrying { unsafe call(first, second) }
      }
    }
  }

  /// What the system says, up to its zero.
  static func text(at start: UnsafePointer<CChar>) -> String {
    unsafe SystemText.text(of: UnsafeRawBufferPointer(start: start, count: strlen(start)))
  }

  /// What the system says in memory that it made for us, which is given back.
  static func text(taking start: UnsafeMutablePointer<CChar>) -> String {
    defer { unsafe free(start) }
    return unsafe text(at: start)
  }
}
