import TaskRuntime
import TestSupport
import Testing

/// A thread that writes one buffer while the next is being filled.
@Suite struct WriteBehindTests {
  @Test func `buffers are written in order, and their memory comes back`() throws {
    let folder = try TemporaryFolder()
    let size = 1 << 16
    let file = try FileDescriptor(opening: folder.file("out"), for: .creating)
    let writer = try WriteBehind(file)
    var capacities: [Int] = []
    for round in 0..<6 {
      var buffer = [UInt8](repeating: UInt8(ascii: "a") + UInt8(round), count: size)
      try writer.submit(&buffer)
      #expect(buffer.isEmpty)
      capacities.append(buffer.capacity)
    }
    try writer.finish()
    let written = try folder.bytes(of: "out")
    #expect(written.count == 6 * size)
    #expect(written.indices.allSatisfy { written[$0] == UInt8(ascii: "a") + UInt8($0 / size) })
    // The first is being written when the second comes; from the third on, one is free again.
    #expect(capacities.dropFirst(2).allSatisfy { $0 >= size }, "\(capacities)")
  }
}
