import TaskLang
import TaskScheduler

/// The rows of a run on their way into its status file.
///
/// Rows are gathered in a turn and written at its end. Those of a file system of this machine the loop
/// writes itself, which saves two changes of threads between a task's end and its slot's next task. The
/// writer's thread has what may take long: files of a server, and making rows durable. As long as it has
/// rows, those behind them go to it too; so does what could not be written here.
final class RowBook: LoopClient {
  /// How long rows may wait for their file before the user is told.
  private static let stallNotice = Interval.seconds(5)

  private let file: WrittenFile
  /// The name that the file was given.
  private let path: String
  private let writer: FileWriter
  private let announcer: Announcer

  /// Rows that are made and not written or handed to the writer.
  private var rows: ContiguousArray<UInt8> = []
  private var lastRow = RowNumber.none
  private var needsSync = false
  /// How many jobs with rows the writer has got, and how many of them it has done.
  private var submittedJobs = 0
  private var doneJobs = 0
  private var failure: Errno?
  /// All rows up to this one are in the hands of the kernel.
  private var writtenRow = RowNumber.none
  /// Since when rows have waited for their file.
  private var stalledSince: Instant?
  private var isEnding = false
  /// Whether the user will not wait for rows that cannot be written now.
  private(set) var isAbandoned = false
  /// What became of the rows, once the end has come.
  private(set) var result: Result?

  /// How long attempts have run, added up.
  private var busyNanoseconds: Int64 = 0
  var busyTime: Interval { Interval(nanoseconds: busyNanoseconds) }

  /// Makes the book of a status file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - path: The name that it was given.
  ///   - writer: Writes what the loop does not.
  ///   - announcer: Tells what becomes of it.
  ///   - loop: Watches the writer.
  /// - Throws: when the process may have no more descriptors or threads.
  init(
    _ file: WrittenFile,
    path: String,
    _ writer: FileWriter,
    _ announcer: Announcer,
    in loop: Loop
  ) throws(Errno) {
    self.file = file
    self.path = path
    self.announcer = announcer
    self.writer = writer
    try loop.attach(self, reading: writer.answer.descriptor.rawValue)
  }

  /// Whether rows that were written are there no more.
  var hasLostRows: Bool { file.hasLostRows }

  // MARK: Rows

  /// Puts the names of the fields in front of the first row.
  func addHeader() {
    guard file.isEmpty else { return }
    rows.append(contentsOf: StatusColumn.header.utf8)
    rows.append(UInt8(ascii: "\n"))
  }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - record: What it says.
  ///   - row: Its number, behind that of all before.
  ///   - isDurable: Whether it, and so every row before it, is to survive a crash of the host.
  func add(_ record: StatusRecord, _ row: RowNumber, isDurable: Bool = false) {
    record.write(to: &rows)
    lastRow = row
    if isDurable { needsSync = true }
    switch record.kind {
    case .task, .uncounted:
      busyNanoseconds &+= record.report.elapsedNanoseconds
    case .perEngine, .skipped, .barrier: break
    }
  }

  /// Writes rows from this thread where that waits for nobody.
  ///
  /// - Returns: whether rows were written, and slots thereby freed.
  func writeHere(in turn: inout Turn) -> Bool {
    guard file.isLocal, !rows.isEmpty, !needsSync, failure == nil, submittedJobs == doneJobs,
      (try? file.write(&rows)) != nil
    else { return false }
    if lastRow > .none { turn.add(.rowsWritten(upTo: lastRow)) }
    writtenRow = lastRow
    return true
  }

  /// Hands what is left to the writer.
  func flush() {
    guard !rows.isEmpty else { return }
    writer.submit(FileWriter.Job(file: file, lines: rows, row: lastRow, isDurable: needsSync))
    submittedJobs += 1
    rows = []
    needsSync = false
  }

  /// Takes the writer's progress.
  func ready(_ readiness: Poller.Readiness, in turn: inout Turn) {
    writer.answer.answer()
    let progress = writer.progress
    if progress.doneRowJobs > doneJobs { stalledSince = nil }
    doneJobs = progress.doneRowJobs
    writtenRow = max(writtenRow, progress.writtenRow)
    if progress.writtenRow > .none { turn.add(.rowsWritten(upTo: progress.writtenRow)) }
    guard let reason = progress.failure, failure == nil, !isEnding else { return }
    failure = reason
    announcer.say(.error, "cannot write \(path): \(reason.advice); no more tasks are started")
    turn.add(.writerFailed)
  }

  // MARK: Files that cannot be written now

  private var isWaiting: Bool { submittedJobs > doneJobs && failure == nil }

  /// When the user is to be told that rows wait.
  var deadline: Instant? {
    announcer.hasGiven(.stalledRows) ? nil : stalledSince.map { $0 + Self.stallNotice }
  }

  /// Tells the user when the file system takes no rows, when it takes them again, and what somebody did to
  /// the file.
  func look(at now: Instant) {
    if isWaiting {
      stalledSince = stalledSince ?? now
      if let deadline, deadline <= now { tellOfStall() }
    } else {
      stalledSince = nil
      if announcer.takeBack(.stalledRows), failure == nil {
        announcer.say(.info, "\(path) is written again")
      }
    }
    sayIncidents()
  }

  private func tellOfStall() {
    announcer.once(
      .stalledRows,
      .warning,
      "\(path) cannot be written now: its file system does not answer; "
        + "rows are kept until it does"
    )
  }

  private func sayIncidents() {
    for incident in file.takeIncidents() {
      announcer.say(incident == .cut ? .error : .warning, incident.text)
    }
  }

  /// Waits no longer for rows to be written: the user asked for the end for the third time.
  func abandon(in turn: inout Turn) {
    guard isWaiting else { return }
    isAbandoned = true
    failure = .wouldBlock
    turn.add(.writerFailed)
  }
}

// MARK: The end

extension RowBook: EndStage {
  func beginEnd(at now: Instant, isHurried: Bool) {
    flush()
    if lastRow > .none {
      writer.submit(FileWriter.Job(file: file, lines: [], row: lastRow, isDurable: true))
    }
    isEnding = true
    writer.requestFinish()
    announcer.takeBack(.stalledRows)
    stalledSince = now
  }

  func lookAtEnd(at now: Instant) {
    guard result == nil else { return }
    if writer.hasFinished || isAbandoned {
      result = conclude()
    } else if let deadline, deadline <= now {
      tellOfStall()
    }
  }

  var endDeadline: Instant? { deadline }

  var hasEnded: Bool { result != nil }

  func hurry(at now: Instant) { isAbandoned = true }

  /// What became of the rows.
  struct Result {
    var unwrittenCount: Int
    /// Where the file is now.
    var path: String
  }

  private func conclude() -> Result {
    guard writer.hasFinished else {
      // The thread stays where it waits, and goes with the process.
      let written = max(writtenRow, writer.progress.writtenRow)
      return Result(unwrittenCount: Int(lastRow.rawValue - written.rawValue), path: path)
    }
    let unwritten = writer.finish().count { $0 == UInt8(ascii: "\n") }
    guard !isAbandoned else { return Result(unwrittenCount: unwritten, path: path) }
    file.conclude()
    sayIncidents()
    return Result(unwrittenCount: unwritten, path: file.path ?? path)
  }
}
