import TaskScheduler

/// The mail program of this machine: started for a message, looked after until it has ended.
final class MailProgram {
  /// One message on its way.
  private struct Delivery {
    var pid: Int32
    /// Until when it may take.
    var deadline: Instant
    /// What the program says of errors.
    var complaint: FileDescriptor.Shared
    /// Whether it took too long and was killed.
    var isKilled = false
  }

  /// How long one message may take.
  static let patience = Interval.seconds(60)
  /// What all its processes have in their environment, those that go on in the background too.
  private static let markName = "DISBATCH_MAIL"

  private let command: [String]
  private let path: String?
  private let mark: String
  private let openFiles: UInt64?
  private let roster: ChildRoster
  private var delivery: Delivery?

  /// Finds the program.
  ///
  /// - Parameters:
  ///   - command: Its name or path, and its arguments.
  ///   - run: A name that no other run has.
  ///   - openFiles: Its soft limit of open files.
  ///   - roster: Where its processes are entered.
  init(_ command: [String], run: String, openFiles: UInt64?, roster: ChildRoster) {
    self.command = command
    path = FileSystem.program(command[0])
    mark = "\(Self.markName)=\(run)"
    self.openFiles = openFiles
    self.roster = roster
    roster.recognizeOrphans(by: mark, of: .mail)
  }

  /// The name of the program.
  var name: String { command[0] }

  /// Whether there is one.
  var isThere: Bool { path != nil }

  /// Whether a message is on its way.
  var isBusy: Bool { delivery != nil }

  /// When it is to be looked at again.
  var deadline: Instant? { delivery.flatMap { $0.isKilled ? nil : $0.deadline } }

  /// Starts it on a message.
  ///
  /// - Throws: why it cannot be started.
  func send(_ message: MailMessage, at now: Instant) throws(Errno) {
    precondition(delivery == nil, "one message at a time")
    guard let path else { throw Errno.noSuchFile }
    let input = try FileDescriptor.memoryFile()
    try input.writeAll(message.bytes.span)
    try input.go(to: 0)
    let complaint = FileDescriptor.Shared(try FileDescriptor.memoryFile())
    // The mark comes first: what /proc shows of an environment may be cut at its end.
    var environment = CStringArray([mark])
    for variable in Host.environment { environment.append(bytes: variable) }
    let said = complaint.descriptor.rawValue
    let pid = try Spawner(Spawner.Manner(path: path, openFiles: openFiles)).start(
      arguments: CStringArray(command),
      environment: environment,
      descriptors: Spawner.Descriptors(input: input.rawValue, output: said, error: said)
    )
    roster.enter(pid, of: .mail)
    delivery = Delivery(pid: pid, deadline: now + Self.patience, complaint: complaint)
  }

  /// Ends what has taken too long.
  func lookAtDeadline(at now: Instant) {
    guard let delivery, !delivery.isKilled, delivery.deadline <= now else { return }
    giveUp()
  }

  /// Kills it; its end is still to be told.
  func giveUp() {
    guard let pid = delivery?.pid else { return }
    delivery?.isKilled = true
    // It leads a session, and so a group, of its own.
    Host.send(Host.killSignal, to: -pid)
  }

  /// Takes the end of one of its processes.
  ///
  /// - Returns: What went wrong with the message, if this was its end.
  func conclude(_ ending: ChildRoster.Ending) -> String? {
    // What it left in the background ends when it likes.
    guard let ended = delivery, ended.pid == ending.pid else { return nil }
    delivery = nil
    if ended.isKilled { return "\(name) took too long and was ended" }
    if ending.outcome == .exited(0) { return nil }
    let said = Self.firstLine(of: ended.complaint)
    return "\(name) \(ending.outcome.inWords)" + (said.isEmpty ? "" : ": \(said)")
  }

  /// The first line of what it said, fit for a terminal.
  private static func firstLine(of file: FileDescriptor.Shared) -> String {
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 256)
    guard (try? file.descriptor.go(to: 0)) != nil,
      case .bytes(let count)? = try? file.descriptor.read(into: &buffer)
    else { return "" }
    var literal: ContiguousArray<UInt8> = []
    PythonLiteral.appendText(buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, to: &literal)
    return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
  }
}
