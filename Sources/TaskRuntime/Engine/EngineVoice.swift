import TaskScheduler

/// The messages of an engine to its driver, and the lines in its log.
final class EngineVoice {
  let link: Link
  var log: LogFile
  private let writer: FileWriter

  /// Makes a voice.
  ///
  /// - Parameters:
  ///   - link: The way to the driver.
  ///   - path: Where the log is.
  ///   - writer: Writes it.
  init(link: Link, logPath path: String, writer: FileWriter) {
    self.link = link
    self.writer = writer
    log = LogFile(LogSink(path: path), speaker: "DisBatch Engine", writer: writer)
  }

  /// Puts a message behind those that wait for `flush`.
  func send(_ message: EngineMessage) {
    link.send { message.write(to: &$0) }
  }

  /// Hands on the messages and lines of this turn.
  func flush(in poller: inout Poller) {
    link.flush(in: &poller)
    log.flush()
  }

  /// Takes note that lines of the log were written.
  func noteWritten() { writer.answer.answer() }

  /// Hands on the last that is said; the log's file is not waited for long.
  func finish(in poller: inout Poller) {
    flush(in: &poller)
    writer.finish(within: .seconds(2))
  }
}
