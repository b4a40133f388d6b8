/// What `/proc/PID/stat` says of a process, as far as we ask for it.
///
/// Source: proc_pid_stat(5).
package struct ProcessStat: Hashable, Sendable {
  package let pid: Int32
  package let parent: Int32
  package let session: Int32
  /// Whether it has ended and waits to be reaped.
  package let isZombie: Bool
  /// When it was started, in the kernel's ticks since the host was.
  ///
  /// With its pid, this tells it from every other process that the host ever has.
  package let startTime: UInt64?

  /// Reads the line.
  ///
  /// The second field is the program's name in parentheses, and may itself hold any character; so
  /// the fields are counted from the last parenthesis.
  package init?(line: some BidirectionalCollection<UInt8>) {
    guard let open = line.firstIndex(of: UInt8(ascii: "(")),
      let close = line.lastIndex(of: UInt8(ascii: ")")), open < close
    else { return nil }
    let fields = line[line.index(after: close)...].split(separator: UInt8(ascii: " "))
    guard fields.count >= 4, let pid: Int32 = Self.number(line[..<open]),
      let parent: Int32 = Self.number(fields[1]), let session: Int32 = Self.number(fields[3])
    else { return nil }
    self.pid = pid
    self.parent = parent
    self.session = session
    isZombie = fields[0].first == UInt8(ascii: "Z")
    startTime = fields.count > 19 ? Self.number(fields[19]) : nil
  }

  /// Asks for one process; `nil` when there is none.
  package init?(of pid: Int32) {
    guard let line = FileSystem.bytes(of: "/proc/\(pid)/stat") else { return nil }
    self.init(line: line)
  }

  private static func number<Number: FixedWidthInteger>(
    _ bytes: some Collection<UInt8>
  ) -> Number? {
    Number(String(decoding: bytes.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self))
  }
}
