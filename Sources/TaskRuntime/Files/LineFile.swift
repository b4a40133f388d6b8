/// What a `FileWriter` puts lines into.
package protocol LineFile: AnyObject, Sendable {
  /// Writes lines, each of which ends in a line feed, and removes from `lines` what went in.
  func write(_ lines: inout ContiguousArray<UInt8>) throws(Errno)

  /// Makes what was written survive a crash of the host.
  func makeDurable() throws(Errno)
}
