import TaskScheduler
import TestSupport
import Testing

@testable import TaskRuntime

/// A driver with fake engines, whose turns a test takes one by one.
final class DriverRig {
  /// What a test may change before the run begins.
  struct Changes {
    var options: RunOptions
    var patience = Driver.Patience()
    var nodes = [LaunchPlan.Node(name: "here", slots: 2)]
    /// Contexts with hosts of their own beside the first.
    var otherContexts: [(label: String, nodes: [LaunchPlan.Node])] = []
    /// Keeps what engines send of output.
    var store: (any OutputStore & Sendable)?
    var rowWriter: FileWriter?
    var log: LogSink?
  }

  /// Notes what is told.
  final class Watcher: RunObserver {
    var said: [String] = []
    var noted: [String] = []
    var failures: [TaskFailure] = []
    var report: RunReport?
    var refreshInterval: Interval? { nil }

    func observe(_ event: RunEvent) {
      switch event {
      case .said(let line, _): said.append(line)
      case .noted(let line): noted.append(line)
      case .taskFailed(let failure): failures.append(failure)
      case .ended(let report): self.report = report
      case .began, .advanced, .pauses: break
      }
    }
  }

  let folder: TemporaryFolder
  let world = FakeWorld()
  let watcher = Watcher()
  let driver: Driver
  private(set) var report: RunReport?

  /// Makes the driver of a run of these lines.
  init(_ lines: [String], _ change: (inout Changes) -> Void = { _ in }) throws {
    folder = try TemporaryFolder()
    var changes = Changes(options: RunOptions(input: .lines(lines)))
    changes.options.prefix = folder.file("run")
    changes.options.policy.verdictDelay = .zero
    change(&changes)
    let files = RunFiles(prefix: folder.file("run"))
    let contexts =
      [(changes.options.names.label, changes.nodes)]
      + changes.otherContexts.map { ($0.label, $0.nodes) }
    let setup = Driver.Setup(
      options: changes.options,
      contexts: contexts.map { [world] label, nodes in
        let plan = LaunchPlan(nodes: nodes, coresPerTask: 1)
        return EngineContext(label: label, plan: plan, launcher: world)
      },
      files: files,
      marks: try RunMarks.begin(files, after: nil) { _ in },
      status: try StatusFile(StatusClaim(files.status)),
      log: changes.log ?? LogSink(path: files.driverLog),
      resume: nil,
      kept: KeptPlace(
        keeping: changes.store == nil ? .none : .driver(window: 1000),
        log: changes.store
      ),
      rowWriter: changes.rowWriter,
      openFiles: nil,
      roster: ChildRoster { [world] in world.nextEnding() },
      patience: changes.patience
    )
    driver = try Driver(
      setup,
      source: try TaskSource(changes.options.input, checks: true),
      signals: try SignalInbox([]),
      observer: watcher
    )
    driver.begin()
  }

  /// Takes one turn; engines do what they have to do before it waits.
  func turn() throws {
    report = driver.act()
    guard report == nil else { return }
    try world.pump()
    if world.hasEnding { driver.desks.signals.add(.child) }
    try driver.collect(by: Clock.now + .milliseconds(5))
  }

  /// Takes turns until something is so.
  func run(until isSo: () -> Bool) throws {
    let end = Clock.now + .seconds(60)
    while !isSo(), report == nil {
      try turn()
      if Clock.now > end { throw Stuck(said: watcher.said) }
    }
  }

  /// Takes turns until the run is over.
  func finish() throws -> RunReport {
    try run { false }
    return try #require(report)
  }

  /// Ends the run as SIGTERM does.
  func stop() { driver.desks.signals.add(.terminate) }

  /// Makes an engine whose link comes with a ticket, on a descriptor for each direction.
  ///
  /// - Returns: whether it was awaited.
  func join(
    _ request: LaunchRequest,
    _ process: FakeProcess?,
    with ticket: JoinTicket
  ) throws -> Bool {
    let reading = try world.makeEngine(request, process)
    let writing = try reading.copy()
    return try driver.join(ByteStream(reading: reading, writing: writing), with: ticket)
  }

  /// The rows that have been written.
  func rows() throws -> [TestSupport.StatusRow] {
    try TestSupport.StatusRow.rows(of: "run", in: folder)
  }

  /// The run goes on and on.
  struct Stuck: Error {
    var said: [String]
  }
}
