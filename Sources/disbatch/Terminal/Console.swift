import TaskLang
import TaskRuntime
import TaskScheduler

/// What the streams that people see can show, and the writing of messages to them.
struct Console: Sendable {
  /// When messages are coloured.
  enum ColorChoice: String, Sendable, CaseIterable {
    case auto, always, never
  }

  /// The command's name in front of each message.
  let command: String
  private let color: ColorChoice
  /// Writes messages; `nil` where they are written at once.
  private var writer: StreamWriter?

  init(command: String, color: ColorChoice = .auto) {
    self.command = command
    self.color = color
  }

  /// Has messages written by a thread from now on, so that nothing waits for whoever reads them.
  ///
  /// They are then to be brought to their end. Where there can be no thread, all stays as it is.
  mutating func writeBehind() {
    // What the thread needs must not become a standard descriptor.
    FileDescriptor.ensureStandardDescriptors()
    writer = try? StreamWriter(FileDescriptor.standardError(), name: "standard error")
  }

  /// Waits until all messages are written, but not for ever.
  func finish(by deadline: Instant) { writer?.finish(by: deadline) }

  /// Waits until what was said is written, as long as there is time.
  func drain(by deadline: Instant) { writer?.drain(by: deadline) }

  /// Colour or none for a stream.
  ///
  /// In order: `--color`, NO_COLOR, TERM=dumb, whether the stream and stderr are terminals.
  func style(forStandardOutput isOutput: Bool) -> RenderStyle {
    switch color {
    case .always: return .ansi
    case .never: return .plain
    case .auto:
      if EnvironmentVariable.value("NO_COLOR")?.isEmpty == false
        || EnvironmentVariable.value("TERM") == "dumb"
      {
        return .plain
      }
      let isTerminal = Terminal.isTerminal(2) && (!isOutput || Terminal.isTerminal(1))
      return isTerminal ? .ansi : .plain
    }
  }

  /// Options for drawing diagnostics on a stream.
  func renderOptions(forStandardOutput isOutput: Bool) -> RenderOptions {
    let columns = EnvironmentVariable.value("COLUMNS").flatMap { Int($0) }
    let width = Terminal.width(isOutput ? 1 : 2) ?? columns
    return RenderOptions(
      style: style(forStandardOutput: isOutput),
      widthColumns: width ?? 100,
      namesExplain: true,
      toolVersion: Version.current
    )
  }

  /// Writes a line on stderr, the command's name in front; names in it may hold anything.
  ///
  /// - Parameters:
  ///   - message: The line, without an end.
  ///   - details: Further lines about it, which are indented.
  func say(_ message: String, details: [String] = []) {
    write("\(command): \(Self.lines(message, details))")
  }

  /// Writes on stderr why a run cannot begin, or breaks off.
  func tell(_ error: RunError) { say(error.message, details: error.details) }

  /// Lines that a terminal can be given, whatever the names in them hold.
  private static func lines(_ message: String, _ details: [String]) -> String {
    let lines = [message] + details.map { "  " + $0 }
    return lines.map { MessageText.drawn($0) + "\n" }.joined()
  }

  /// Writes text on stderr as it is.
  func write(_ text: String) { write([UInt8](text.utf8)) }

  /// Writes bytes on stderr; nobody is left to tell if that fails.
  func write(_ bytes: [UInt8]) {
    if let writer { return writer.post(ContiguousArray(bytes)) }
    do { try FileDescriptor.writeToStandardError(bytes.span) } catch {}
  }

  /// Writes what is to be seen on stderr only until the next of these, or the next message.
  func paint(_ text: String) {
    if let writer { writer.repaint(ContiguousArray(text.utf8)) } else { write(text) }
  }

  /// Writes text on stdout; a closed pipe is no error.
  ///
  /// - Returns: The exit code.
  func answer(_ text: String) -> Int32 {
    do {
      var output = try OutputFile(nil)
      var bytes = [UInt8](text.utf8)
      _ = output.drain(&bytes)
      try output.finish()
      return ExitCode.success
    } catch {
      say(error.message)
      return ExitCode.usage
    }
  }
}
