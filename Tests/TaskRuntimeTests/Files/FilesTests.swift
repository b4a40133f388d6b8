import Glibc
import TaskRuntime
import TaskScheduler
import TestSupport
import Testing

@Suite struct FilesTests {
  @Test func `a status file under a prefix that is new is made and locked`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("p_status.txt")
    #expect(!StatusFile.isLocked(path))
    let status = try StatusFile(try StatusClaim(path))
    #expect(status.renamedOld == nil)
    #expect(throws: RunError.self) { try StatusClaim(path) }
    #expect(StatusFile.isLocked(path))
    #expect(try folder.text(of: "p_status.txt") == "")
  }

  @Test func `an earlier run's status file gets the first free number`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old\n", to: "p_status.txt")
    try folder.write("older\n", to: "p_status.txt.1")
    let status = try StatusFile(try StatusClaim(folder.file("p_status.txt")))
    #expect(status.renamedOld == "\(folder.path)/p_status.txt.2")
    #expect(try folder.text(of: "p_status.txt.2") == "old\n")
    #expect(try folder.text(of: "p_status.txt.1") == "older\n")
    #expect(try folder.text(of: "p_status.txt") == "")
  }

  @Test func `a folder gets names of our own making, a name is taken as it is`() throws {
    let folder = try TemporaryFolder()
    let inFolder = try RunFiles(
      option: folder.path,
      name: "Tasks",
      wallNanoseconds: 1_700_000_000_000_000_000,
      random: { 42 }
    )
    #expect(inFolder.prefix.hasPrefix(folder.path + "/Tasks_disBatch_2311"))
    #expect(inFolder.prefix.hasSuffix("_042"))
    #expect(inFolder.jobID.hasPrefix("Tasks_disBatch_"))
    let named = try RunFiles(
      option: folder.path + "/run",
      name: "Tasks",
      wallNanoseconds: 0,
      random: { 0 }
    )
    #expect(named.status == folder.path + "/run_status.txt")
    #expect(named.contextLog("SSH0") == folder.path + "/run_SSH0.context.log")
    #expect(named.engineLog("L", node: "n", rank: 3) == folder.path + "/run_L_n_engine_3.log")
  }

  @Test(arguments: ["/none/x", "/none/"])
  func `a folder that is missing is named`(option: String) {
    #expect(throws: RunError("Directory /none does not exist.", exitCode: 2)) {
      try RunFiles(option: option, name: "T", wallNanoseconds: 0, random: { 0 })
    }
  }

  @Test func `rows are acknowledged when they are written`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/rows"
    let file = WrittenFile(rows: try FileDescriptor(opening: path, for: .creating))
    let writer = try FileWriter()
    for row in 1...100 {
      writer.submit(
        FileWriter.Job(
          file: file,
          lines: ContiguousArray("row \(row)\n".utf8),
          row: RowNumber(Int64(row)),
          isDurable: row == 50
        )
      )
    }
    #expect(writer.finish().isEmpty)
    #expect(writer.progress.writtenRow == RowNumber(100))
    #expect(try folder.text(of: "rows").split(separator: "\n").count == 100)
  }

  @Test func `rows that find no room are kept, and logs go on`() throws {
    let folder = try TemporaryFolder()
    let full = WrittenFile(rows: try FileDescriptor(opening: "/dev/full", for: .updating))
    let log = LogSink(path: folder.file("log"))
    let writer = try FileWriter()
    let row = ContiguousArray("row\n".utf8)
    writer.submit(FileWriter.Job(file: full, lines: row, row: RowNumber(1)))
    writer.submit(FileWriter.Job(file: log, lines: ContiguousArray("log\n".utf8)))
    writer.submit(FileWriter.Job(file: full, lines: row, row: RowNumber(2)))
    #expect(writer.finish() == row + row)
    #expect(writer.progress.failure == .noSpace)
    #expect(writer.progress.writtenRow == .none)
    #expect(try folder.text(of: "log") == "log\n")
  }

  @Test(arguments: [
    (size: 0, left: ""), (size: 3, left: ""), (size: 10, left: "1234\n5678\n"),
    (size: 100_008, left: "1234\n5678\n"), (size: 100_010, left: nil),
  ])
  func `rows behind which the file was cut follow the last whole one`(
    size: Int64,
    left: String?
  ) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/rows"
    let file = WrittenFile(rows: try FileDescriptor(opening: path, for: .creating))
    let text = "1234\n5678\n" + String(repeating: "x", count: 99_999) + "\n"
    var lines = ContiguousArray(text.utf8)
    try file.write(&lines)
    try FileDescriptor(opening: path, for: .updating).truncate(to: size)
    for row in ["next\n", "last\n"] {
      lines = ContiguousArray(row.utf8)
      try file.write(&lines)
    }
    #expect(try folder.text(of: "rows") == (left ?? text) + "next\nlast\n")
  }

  @Test func `a row that goes in only in part is taken out again`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let path = "\(folder.path)/rows"
      let file = WrittenFile(rows: try FileDescriptor(opening: path, for: .creating))
      _ = signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 10, rlim_max: .max)
      let isLimited = unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0
      try #require(isLimited)
      var lines = ContiguousArray("1234\n5678\nabcdef\n".utf8)
      #expect(throws: Errno(EFBIG)) { try file.write(&lines) }
      #expect(try folder.text(of: "rows") == "1234\n5678\n")
      #expect(lines == ContiguousArray("abcdef\n".utf8))
      limit.rlim_cur = .max
      _ = unsafe setrlimit(__rlimit_resource_t(1), &limit)
      try file.write(&lines)
      #expect(try folder.text(of: "rows") == "1234\n5678\nabcdef\n")
    }
  }

  @Test func `a log line has time, level, speaker and text`() {
    var lines: ContiguousArray<UInt8> = []
    LogFile.appendLine(
      .warning,
      speaker: "DisBatch",
      text: "look",
      wallNanoseconds: 1_700_000_000_042_000_000,
      to: &lines
    )
    let text = String(decoding: lines, as: UTF8.self)
    #expect(text.hasPrefix("2023-11-1"))
    #expect(text.hasSuffix(",042 WARNING  DisBatch       : look\n"))
    #expect(text.utf8.count == 24 + "WARNING  DisBatch       : look\n".utf8.count)
  }

  @Test func `a file that is read on another thread comes whole`() throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try folder.write(bytes, to: "long")
    let (read, failure) = try Self.pumped(folder.file("long"))
    #expect(read == bytes)
    #expect(failure == nil)
  }

  @Test func `a file that cannot be read on says why`() throws {
    let folder = try TemporaryFolder()
    let (read, failure) = try Self.pumped(folder.path)
    #expect(read.isEmpty)
    #expect(failure == .isDirectory)
  }

  private static func pumped(_ path: String) throws -> (bytes: [UInt8], failure: Errno?) {
    let output = try FilePump.start(try FileDescriptor(opening: path, for: .reading))
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 10_000)
    while true {
      let count = try output.reading.readWaiting(into: &buffer)
      if count == 0 { return (bytes, output.pump.failure) }
      bytes += buffer[..<count]
    }
  }

  @Test func `a file knows where it went`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("rows")
    let file = WrittenFile(rows: try FileDescriptor(opening: path, for: .creating))
    var lines = ContiguousArray("one\n".utf8)
    try file.write(&lines)
    #expect(file.whereabouts(expected: path) == .there)
    #expect(unsafe rename(path, folder.file("other")) == 0)
    #expect(file.whereabouts(expected: path) == .moved(FileSystem.realPath(folder.file("other"))))
    try folder.write("another file", to: "rows")
    #expect(file.whereabouts(expected: path) != .there)
    #expect(unsafe unlink(folder.file("other")) == 0)
    #expect(file.whereabouts(expected: path) == .removed)
  }

  @Test func `a file that is cut behind the last row is missed at the end`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("rows")
    let file = WrittenFile(rows: try FileDescriptor(opening: path, for: .creating), path: path)
    var lines = ContiguousArray("one\ntwo\n".utf8)
    try file.write(&lines)
    file.conclude()
    #expect(!file.hasLostRows && file.takeIncidents().isEmpty)
    try FileDescriptor(opening: path, for: .updating).truncate(to: 4)
    file.conclude()
    #expect(file.hasLostRows && file.takeIncidents() == [.cut])
    #expect(unsafe unlink(path) == 0)
    file.conclude()
    #expect(file.takeIncidents() == [.writtenAnew(path, at: path, isReplaced: false)])
    #expect(try folder.text(of: "rows") == "one\n")
  }
}
