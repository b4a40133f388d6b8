import Glibc
import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

/// All outputs in one file.
@Suite struct OutputLogTests {
  /// What a log is to have of each attempt: its bytes of either stream.
  private typealias Contents = [String: [UInt8]]

  private static func log(_ folder: TemporaryFolder, run: String = "run") throws -> OutputLogWriter
  {
    try OutputLogWriter(claiming: folder.file("log"), name: run) { _ in }
  }

  /// What a run that lets out these pieces does to a log.
  private static func run(
    _ chunks: [OutputChunk],
    named name: String = "run",
    in folder: TemporaryFolder
  ) throws {
    var log = try log(folder, run: name)
    #expect(log.keep(chunks).isEmpty && log.finish().isEmpty)
  }

  /// All that a log has, by task, attempt and stream.
  private static func contents(_ folder: TemporaryFolder) throws -> Contents {
    let archive = try OutputArchives.open(folder.file("log"))
    var contents: Contents = [:]
    for attempt in try archive.attempts(of: nil) {
      let missing = try archive.read(attempt, [.output, .error]) { stream, bytes in
        let key = "\(attempt.task).\(attempt.number).\(stream.name)"
        for index in bytes.indices { contents[key, default: []].append(bytes[index]) }
        return true
      }
      #expect(missing == 0)
    }
    return contents
  }

  /// Pieces of outputs in a random order, each with its offset, and what they come to.
  private static func pieces(
    _ count: Int,
    tasks: ClosedRange<Int64>,
    base: Int,
    _ random: inout SplitMix
  ) -> (chunks: [OutputChunk], contents: Contents) {
    var contents: Contents = [:]
    var chunks: [OutputChunk] = []
    for _ in 0..<count {
      let task = Int64.random(in: tasks, using: &random)
      let attempt = Int32.random(in: 1...2, using: &random)
      let stream = OutputStream.allCases.randomElement(using: &random) ?? .output
      let key = "\(task).\(base + Int(attempt)).\(stream.name)"
      // Bytes that look like headers are bytes all the same.
      let texts = [
        "#DISBATCH OUTPUT 1 1 out 0 4\n", "\n", "\0\u{FF}", String(repeating: "x", count: 300),
      ]
      let bytes = Array((texts.randomElement(using: &random) ?? "").utf8)
      chunks.append(
        OutputChunk(
          origin: OutputOrigin(task: TaskID(task), attempt: Attempt(attempt), stream: stream),
          offset: Int64(contents[key]?.count ?? 0),
          bytes: ContiguousArray(bytes)
        )
      )
      contents[key, default: []] += bytes
    }
    return (chunks, contents)
  }

  @Test func `what goes in comes out, byte for byte, with an index and without`() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: 5)
    let (chunks, contents) = Self.pieces(200, tasks: 0...9, base: 0, &random)
    var log = try Self.log(folder)
    for start in stride(from: 0, to: 200, by: 7) {
      #expect(log.keep(Array(chunks[start..<min(200, start + 7)])).isEmpty)
    }
    // A run that goes on can be looked into: what is not in the index is found all the same.
    #expect(try Self.contents(folder) == contents)
    #expect(log.finish().isEmpty)
    #expect(try Self.contents(folder) == contents)
    unsafe unlink(folder.file("log.index"))
    #expect(try Self.contents(folder) == contents)
  }

  @Test func `the format is what its page says`() throws {
    let folder = try TemporaryFolder()
    var log = try Self.log(folder, run: "Tasks_disBatch_1")
    #expect(log.keep([ResultsTests.chunk("one\n", task: 12, .error)]).isEmpty)
    #expect(
      try folder.text(of: "log") == """
        #DISBATCH OUTPUT FILE 1
        #DISBATCH OUTPUT RUN 1 16
        Tasks_disBatch_1
        #DISBATCH OUTPUT 12 1 err 0 4
        one


        """
    )
  }

  @Test(arguments: [
    "", "#DISBATCH OUTPUT", "#DISBATCH OUTPUT 1 1 out 0", "#DISBATCH OUTPUT 1 1 out 0 -1",
    "#DISBATCH OUTPUT 01 1 out 0 1", "#DISBATCH OUTPUT 1 1 out 0 1 ",
    "#DISBATCH OUTPUT 1 1 OUT 0 1", "#DISBATCH OUTPUT 1 0 out 0 1",
    "#DISBATCH OUTPUT 1 1 out 0 2000000", "#DISBATCH OUTPUT RUN 1", "#DISBATCH OUTPUT -1 1 out 0 1",
  ])
  func `a line that is not exactly a header is none`(line: String) {
    #expect(OutputLogRecord(headerLine: line.utf8) == nil)
  }

  @Test func `a log that is cut anywhere has what was whole before, and a new run goes on there`()
    throws
  {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: 6)
    let (chunks, _) = Self.pieces(12, tasks: 0...3, base: 0, &random)
    var log = try Self.log(folder)
    var ends: [(size: Int, contents: Contents)] = []
    var contents: Contents = [:]
    for chunk in chunks {
      #expect(log.keep([chunk]).isEmpty)
      let origin = chunk.origin
      let key = "\(origin.task.rawValue).\(origin.attempt.rawValue).\(origin.stream.name)"
      contents[key, default: []] += Array(chunk.bytes)
      ends.append((try folder.size(of: "log"), contents))
    }
    // There is no index, as after a crash.
    let whole = try folder.bytes(of: "log")
    let magic = OutputLogRecord.magic.utf8.count
    for size in stride(from: whole.count, through: magic, by: TestMode.isLong ? -1 : -13) {
      let cut = try TemporaryFolder()
      try cut.write(Array(whole[..<size]), to: "log")
      let expected = ends.last { $0.size <= size }?.contents ?? [:]
      #expect(try Self.contents(cut) == expected, "cut at \(size)")
      var next = try Self.log(cut)
      #expect(next.keep([ResultsTests.chunk("new", task: 9)]).isEmpty)
      #expect(next.finish().isEmpty)
      var more = expected
      more["9.1.out"] = Array("new".utf8)
      #expect(try Self.contents(cut) == more, "cut at \(size)")
    }
  }

  @Test func `runs follow each other, and attempts are counted over all of them`() throws {
    let folder = try TemporaryFolder()
    for run in 1...3 {
      var chunks = [ResultsTests.chunk("\(run)", task: 7)]
      if run == 2 { chunks.append(ResultsTests.chunk("again", task: 7, attempt: 2)) }
      try Self.run(chunks, in: folder)
    }
    let contents = try Self.contents(folder)
    #expect(
      contents.mapValues { String(decoding: $0, as: UTF8.self) } == [
        "7.1.out": "1", "7.2.out": "2", "7.3.out": "again", "7.4.out": "3",
      ]
    )
    let archive = try OutputArchives.open(folder.file("log"))
    #expect(try archive.attempts(of: 7).map(\.number) == [1, 2, 3, 4])
    #expect(try archive.attempts(of: 8).isEmpty)
    #expect(try archive.taskRange == 7...7)
  }

  @Test func `an index of many parts finds each task, and one that is damaged misleads nobody`()
    throws
  {
    let folder = try TemporaryFolder()
    var contents: Contents = [:]
    var random = SplitMix(seed: 7)
    var sizes: [Int] = []
    for run in 0..<4 {
      let tasks = Int64(run) * 100...Int64(run) * 100 + 9
      let (chunks, added) = Self.pieces(60, tasks: tasks, base: 0, &random)
      try Self.run(chunks, in: folder)
      sizes.append(try folder.size(of: "log.index"))
      contents.merge(added) { $1 }
    }
    #expect(sizes == sizes.sorted() && Set(sizes).count == 4)
    #expect(try Self.contents(folder) == contents)
    let whole = try OutputArchives.open(folder.file("log")).attempts(of: nil)
    let index = try folder.bytes(of: "log.index")
    for _ in 0..<40 {
      var damaged = index
      let place = Int.random(in: damaged.indices, using: &random)
      damaged[place] ^= UInt8.random(in: 1...255, using: &random)
      if Bool.random(using: &random) {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random))
      }
      try folder.write(damaged, to: "log.index")
      #expect(try OutputArchives.open(folder.file("log")).attempts(of: nil) == whole)
    }
    #expect(try Self.contents(folder) == contents)
  }

  @Test func `an index that belongs to another log is not believed`() throws {
    let folder = try TemporaryFolder()
    let other = try TemporaryFolder()
    for (place, text) in [(folder, "right"), (other, "wrong, and longer")] {
      try Self.run([ResultsTests.chunk(text, task: 3)], named: text, in: place)
      let more = (0..<20).map { ResultsTests.chunk("\($0)", task: Int64($0 + 4)) }
      try Self.run(more, named: "more \(text)", in: place)
    }
    try folder.write(try other.bytes(of: "log.index"), to: "log.index")
    #expect(try Self.contents(folder)["3.1.out"] == Array("right".utf8))
  }

  @Test func `bytes that could not be written leave a gap that is told`() throws {
    let folder = try TemporaryFolder()
    var log = try Self.log(folder)
    var late = ResultsTests.chunk("behind")
    late.offset = 1000
    #expect(log.keep([ResultsTests.chunk("in front"), late]).isEmpty && log.finish().isEmpty)
    let archive = try OutputArchives.open(folder.file("log"))
    let attempt = try #require(try archive.attempts(of: 0).first)
    let missing = try archive.read(attempt, [.output, .error]) { _, _ in true }
    #expect(missing == 1000 - 8)
  }

  @Test func `a file of another kind is left as it is, and one run has a log at a time`() throws {
    let folder = try TemporaryFolder()
    try folder.write("precious", to: "log")
    #expect(throws: RunError.self) { try Self.log(folder) }
    #expect(throws: OutputArchiveError.self) { try OutputArchives.open(folder.file("log")) }
    #expect(try folder.text(of: "log") == "precious")
    #expect(try folder.names() == ["log"])
    let second = try TemporaryFolder()
    let first = try Self.log(second)
    #expect(throws: RunError.self) { try Self.log(second) }
    withExtendedLifetime(first) {}
  }
}
