/// That the kernel killed a process because its control group, or the host, had no memory left.
package struct MemoryDeath: Hashable, Sendable {
  /// What the group may have, in bytes; `nil` where no group's limit was reached.
  package var limit: Int64?
  /// Whether the kernel counted a kill for each process that it may have been; otherwise it was one of
  /// several that died at once.
  package var isCertain: Bool

  package init(limit: Int64?, isCertain: Bool = true) {
    self.limit = limit
    self.isCertain = isCertain
  }

  /// The words for it, to follow those for how the process ended.
  ///
  /// - Parameter node: The host.
  /// - Returns: The words, as `for want of memory (limit 64 MiB on n1)`.
  package func words(on node: String) -> String {
    (isCertain ? "for want of memory" : "perhaps for want of memory")
      + (limit.map { " (limit \(Self.size($0)) on \(node))" } ?? " on \(node)")
  }

  /// A number of bytes as people say it: `512 MiB`, `1.5 GiB`.
  static func size(_ bytes: Int64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (unit, scale) = (0, Int64(1))
    while unit < units.count - 1, bytes / scale >= 1024 { (unit, scale) = (unit + 1, scale * 1024) }
    let tenths = bytes % scale * 10 / scale
    return "\(bytes / scale)\(tenths == 0 ? "" : ".\(tenths)") \(units[unit])"
  }
}

extension WireWriter {
  mutating func put(_ death: MemoryDeath?) {
    guard let death else { return put(UInt8(0)) }
    put(UInt8(death.isCertain ? 1 : 2))
    put(death.limit ?? -1)
  }
}

extension WireReader {
  mutating func memoryDeath() throws(WireError) -> MemoryDeath? {
    let kind = try integer(UInt8.self)
    guard kind > 0 else { return nil }
    guard kind <= 2 else { throw .badValue }
    let limit = try integer(Int64.self)
    return MemoryDeath(limit: limit < 0 ? nil : limit, isCertain: kind == 1)
  }
}
