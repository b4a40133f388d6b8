import TaskRuntime
import Testing

@Suite struct FrameReaderTests {
  private static func frames(_ texts: [String]) -> ContiguousArray<UInt8> {
    var writer = WireWriter()
    for text in texts { writer.frame { $0.put(text) } }
    return writer.bytes
  }

  @Test(arguments: 1...12)
  func `frames come out whole however they were cut`(chunk: Int) throws {
    let texts = ["", "one", "two and more", String(repeating: "x", count: 300)]
    let bytes = Self.frames(texts)
    var reader = FrameReader()
    var result: [String] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + chunk)
      reader.append(bytes[start..<end])
      while var frame = try reader.next() {
        result.append(try frame.text())
        try frame.finish()
      }
      start = end
    }
    #expect(result == texts)
    #expect(reader.isEmpty)
  }

  @Test func `a frame that is longer than any is refused`() {
    var reader = FrameReader()
    reader.append([0xFF, 0xFF, 0xFF, 0x7F])
    #expect(throws: WireError.frameTooLong(0x7FFF_FFFF)) { try reader.next() }
  }

  @Test func `half a header waits for the rest`() throws {
    var reader = FrameReader()
    reader.append([0, 0])
    #expect(try reader.next() == nil)
    reader.append([0, 0])
    let frame = try reader.next()
    #expect(frame != nil)
    #expect(try reader.next() == nil)
  }
}
