/// What an engine knows of a process that has ended, beyond how it ended.
package struct TaskReport: Hashable, Sendable {
  /// The first process; -1 when none could be started.
  package var pid: Int32 = -1
  /// When it started, in nanoseconds since 1970.
  package var startNanoseconds: Int64 = 0
  /// How long it ran, by a clock that nobody sets.
  package var elapsedNanoseconds: Int64 = 0
  /// How many bytes it wrote to standard output.
  package var outputByteCount: Int64 = 0
  /// Their ends.
  package var output: ContiguousArray<UInt8> = []
  /// How many bytes it wrote to standard error.
  package var errorByteCount: Int64 = 0
  /// Their ends.
  package var error: ContiguousArray<UInt8> = []
  /// That it died because there was no memory left, if it did.
  package var memoryDeath: MemoryDeath?

  /// Makes a report of nothing.
  package init() {}

  /// Makes the report of a process that could not be started, whose reason stands where its errors would.
  package init(failure: String, atNanoseconds start: Int64) {
    startNanoseconds = start
    error = ContiguousArray(failure.utf8)
    errorByteCount = Int64(error.count)
  }
}

extension TaskReport {
  func write(to writer: inout WireWriter) {
    writer.put(pid)
    writer.put(startNanoseconds)
    writer.put(elapsedNanoseconds)
    writer.put(outputByteCount)
    writer.put(bytes: output)
    writer.put(errorByteCount)
    writer.put(bytes: error)
    writer.put(memoryDeath)
  }

  init(from reader: inout WireReader) throws(WireError) {
    self.init()
    pid = try reader.integer()
    startNanoseconds = try reader.integer()
    elapsedNanoseconds = try reader.integer()
    outputByteCount = try reader.integer()
    output = try reader.byteString()
    errorByteCount = try reader.integer()
    error = try reader.byteString()
    memoryDeath = try reader.memoryDeath()
  }
}
