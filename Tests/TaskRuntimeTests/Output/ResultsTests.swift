import FoundationEssentials
import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

/// Output in files of its own.
@Suite struct ResultsTests {
  static func chunk(
    _ text: String,
    task: Int64 = 0,
    attempt: Int32 = 1,
    _ stream: OutputStream = .output,
    isLast: Bool = false
  ) -> OutputChunk {
    OutputChunk(
      origin: OutputOrigin(task: TaskID(task), attempt: Attempt(attempt), stream: stream),
      offset: 0,
      bytes: ContiguousArray(text.utf8),
      isLast: isLast
    )
  }

  @Test(arguments: [
    (0, 1, OutputStream.output, "00000/00000000.out"),
    (12_345, 1, .error, "00012/00012345.err"),
    (12_345, 2, .error, "00012/00012345.2.err"),
    (9_999_999, 1, .output, "09999/09999999.out"),
    (123_456_789_012, 31, .output, "123456789/123456789012.31.out"),
  ])
  func `a file's name tells task, attempt and stream`(
    task: Int64,
    number: Int,
    stream: OutputStream,
    path: String
  ) {
    let name = ResultsFolder.Name(task: task, number: number, stream: stream)
    #expect(ResultsFolder("/r").file(name) == "/r/" + path)
    #expect(ResultsFolder.name(String(path.split(separator: "/")[1])) == name)
  }

  @Test(arguments: [
    "12.out", "00000012.1.out", "00000012.02.out", "00000012.x.out", "00000012.std", "00000012",
    "00000012.2.3.out", ".out", "0000001x.out", "00000012.-2.out", "000000012.out",
  ])
  func `other names are none of ours`(name: String) {
    #expect(ResultsFolder.name(name) == nil)
  }

  @Test func `paths sort as ids do for ten million tasks`() {
    let folder = ResultsFolder("r")
    let ids: [Int64] = [
      0, 1, 9, 10, 999, 1000, 9999, 10_000, 99_999, 999_999, 1_000_000, 9_999_999,
    ]
    let paths = ids.map { folder.file(ResultsFolder.Name(task: $0, number: 1, stream: .output)) }
    #expect(paths == paths.sorted())
    #expect(Set(ids.map(folder.subfolder)).count == 8)
  }

  @Test func `streams and attempts have files of their own, an empty one has none`() throws {
    let folder = try TemporaryFolder()
    var writer = ResultsWriter(ResultsFolder(folder.path))
    let loss = writer.keep([
      Self.chunk("a"), Self.chunk("x", task: 1000, .error), Self.chunk("", task: 2, isLast: true),
      Self.chunk("b"), Self.chunk("", isLast: true), Self.chunk("later", attempt: 2),
    ])
    #expect(loss.isEmpty && writer.finish().isEmpty)
    #expect(try folder.names() == ["00000", "00001"])
    #expect(try folder.text(of: "00000/00000000.out") == "ab")
    #expect(try folder.text(of: "00000/00000000.2.out") == "later")
    #expect(try folder.text(of: "00001/00001000.err") == "x")
    #expect(!folder.contains("00000/00000002.out"))
  }

  @Test func `what earlier runs left is never written over, and both streams agree`() throws {
    let folder = try TemporaryFolder()
    for run in 1...3 {
      var writer = ResultsWriter(ResultsFolder(folder.path))
      // Only some runs have both streams.
      var chunks = [Self.chunk("out \(run)", task: 7, isLast: true)]
      if run != 1 { chunks.append(Self.chunk("err \(run)", task: 7, .error, isLast: true)) }
      #expect(writer.keep(chunks).isEmpty)
      let second = [Self.chunk("other \(run)", task: 8, attempt: 2, .error, isLast: true)]
      #expect(writer.keep(second).isEmpty)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("00000")).sorted()
    #expect(
      names == [
        "00000007.2.err", "00000007.2.out", "00000007.3.err", "00000007.3.out", "00000007.out",
        "00000008.2.err", "00000008.4.err", "00000008.6.err",
      ]
    )
    #expect(try folder.text(of: "00000/00000007.3.err") == "err 3")
    #expect(try folder.text(of: "00000/00000007.out") == "out 1")
  }

  @Test func `more outputs than files may be open come out whole`() throws {
    let folder = try TemporaryFolder()
    var writer = ResultsWriter(ResultsFolder(folder.path))
    for round in 0..<5 {
      let chunks = (0..<200).map { Self.chunk("\($0) \(round)\n", task: Int64($0)) }
      #expect(writer.keep(chunks).isEmpty)
    }
    #expect(writer.finish().isEmpty)
    for task in [0, 99, 199] {
      let name = "00000/\(String(repeating: "0", count: 8 - "\(task)".count))\(task).out"
      #expect(try folder.text(of: name) == (0..<5).map { "\(task) \($0)\n" }.joined())
    }
  }

  @Test func `what cannot be written is told once, and nothing follows it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("in the way", to: "00001")
    var writer = ResultsWriter(ResultsFolder(folder.path))
    var loss = writer.keep([
      Self.chunk("a", task: 1), Self.chunk("b", task: 1000), Self.chunk("c", task: 1000),
      Self.chunk("d", task: 1001), Self.chunk("e", task: 2),
    ])
    #expect(Array(loss.tasks) == [TaskID(1000), TaskID(1001)])
    #expect(loss.reason == "cannot write \(folder.path)/00001/00001000.out: File exists")
    loss = writer.keep([Self.chunk("more", task: 1000, isLast: true), Self.chunk("f", task: 2)])
    #expect(loss.isEmpty)
    #expect(writer.finish().isEmpty)
    #expect(try folder.text(of: "00000/00000002.out") == "ef")
  }
}
