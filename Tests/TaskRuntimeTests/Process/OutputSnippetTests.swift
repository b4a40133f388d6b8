import TaskRuntime
import Testing

@Suite struct OutputSnippetTests {
  private func kept(_ count: Int, chunk: Int) -> (text: String, count: Int64) {
    var snippet = OutputSnippet()
    let letters = (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
    var start = 0
    while start < count {
      let end = min(count, start + chunk)
      snippet.append(letters.span.extracting(start..<end))
      start = end
    }
    var bytes: ContiguousArray<UInt8> = []
    snippet.write(to: &bytes)
    return (String(decoding: bytes, as: UTF8.self), snippet.byteCount)
  }

  @Test(arguments: [0, 1, 39, 40, 41, 79, 80, 81, 120, 5000], [1, 3, 40, 41, 64, 10_000])
  func `the ends are kept, however the output was cut`(count: Int, chunk: Int) {
    let letters = String(
      decoding: (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) },
      as: UTF8.self
    )
    let expected =
      count <= 40 ? letters : letters.prefix(40) + "..." + letters.suffix(min(40, count - 40))
    let result = kept(count, chunk: chunk)
    #expect(result.text == expected)
    #expect(result.count == Int64(count))
  }

  @Test func `a reset snippet is as new`() {
    var snippet = OutputSnippet()
    snippet.append(Array("something".utf8).span)
    snippet.reset()
    #expect(snippet == OutputSnippet())
  }
}
