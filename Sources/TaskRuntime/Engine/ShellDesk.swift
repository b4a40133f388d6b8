import TaskScheduler

/// Starts shells: those of the tasks that the driver orders, and those of the engine's own commands.
final class ShellDesk {
  /// The program that runs tasks.
  static let shell = "/bin/bash"

  /// What a shell is started for.
  enum Work {
    /// The task that was ordered for a slot.
    case task(SlotIndex)
    /// One of the engine's own commands.
    case command(PerEngineMoment, Int32)
  }

  /// Why a shell could not be started.
  struct Failure: Error {
    var reason: Errno
    var text: String

    init(_ reason: Errno, _ text: String? = nil) {
      self.reason = reason
      self.text = text ?? reason.text
    }
  }

  /// A command of a PERENGINE directive.
  private struct EngineCommand {
    var line: Int64
    var text: ContiguousArray<UInt8>
  }

  private let spawner: Spawner
  private let nullInput: FileDescriptor.Shared
  private let firstSlot: Int32
  private var environment: TaskEnvironment
  /// The part of it that all tasks have.
  private let sharedEnvironment: CStringBlock
  private let roster: ChildRoster
  /// Keeps output; `nil` where none is kept.
  private let keeper: OutputKeeper?
  /// The tasks that the slots' workers run next.
  private var orders: ContiguousArray<TaskOrder?>
  private var commands: [PerEngineMoment: [EngineCommand]] = [.start: [], .stop: []]

  /// Makes a desk that knows of no commands.
  ///
  /// - Parameters:
  ///   - settings: What the driver said.
  ///   - resources: The shells' input, and the keeper of their output.
  ///   - roster: Where they are entered.
  init(_ settings: EngineSettings, _ resources: EngineResources, roster: ChildRoster) {
    spawner = Spawner(
      Spawner.Manner(
        path: Self.shell,
        directory: settings.directory.isEmpty ? nil : settings.directory,
        openFiles: resources.openFiles
      )
    )
    nullInput = resources.nullInput
    keeper = resources.keeper
    firstSlot = settings.firstSlot
    environment = TaskEnvironment(base: Host.environment, settings: settings)
    sharedEnvironment = CStringBlock(environment.constant)
    orders = ContiguousArray(repeating: nil, count: Int(settings.slots))
    self.roster = roster
  }

  // MARK: Orders

  /// Keeps an order until the core has the task started.
  func accept(_ order: TaskOrder) { orders[order.slot.index] = order }

  /// Keeps a command of a PERENGINE directive, behind those that came before.
  func accept(_ moment: PerEngineMoment, line: Int64, _ text: ContiguousArray<UInt8>) {
    commands[moment, default: []].append(EngineCommand(line: line, text: text))
  }

  // MARK: Starting

  /// Starts a worker's shell.
  func start(_ work: Work, for worker: Worker) throws(Failure) {
    switch work {
    case .task(let slot): try startTask(in: slot, for: worker)
    case .command(let moment, let index): try startCommand(moment, index, for: worker)
    }
  }

  private func startTask(in slot: SlotIndex, for worker: Worker) throws(Failure) {
    guard let order = orders[slot.index] else {
      preconditionFailure("the core starts only what the driver ordered")
    }
    orders[slot.index] = nil
    let identity = TaskIdentity(
      id: order.task.rawValue,
      attempt: order.attempt.rawValue,
      slot: firstSlot + slot.rawValue
    )
    let strings = variables(of: identity, line: order.line, repeatIndex: order.repeatIndex)
    try start(worker, identity, order.command, strings)
  }

  private func startCommand(
    _ moment: PerEngineMoment,
    _ index: Int32,
    for worker: Worker
  ) throws(Failure) {
    guard let command = commands[moment]?[Int(index)] else {
      preconditionFailure("the core runs only commands that the driver defined")
    }
    let identity = TaskIdentity(id: Int64(index), attempt: 1, slot: -1)
    let strings = variables(of: identity, line: command.line, repeatIndex: -1)
    try start(worker, identity, command.text, strings)
  }

  private func variables(
    of identity: TaskIdentity,
    line: Int64,
    repeatIndex: Int64
  ) -> CStringArray {
    environment.strings(
      id: identity.id,
      line: line,
      repeatIndex: repeatIndex,
      slot: identity.slot,
      attempt: identity.attempt
    )
  }

  private func start(
    _ worker: Worker,
    _ identity: TaskIdentity,
    _ command: ContiguousArray<UInt8>,
    _ environment: CStringArray
  ) throws(Failure) {
    worker.begin(identity)
    // A zero byte would end the argument, and half a command would run.
    guard !command.contains(0) else {
      throw Failure(.invalidArgument, "the command holds a zero byte")
    }
    do throws(Errno) {
      let pid = try spawn(worker, command, environment)
      worker.noteStart(pid)
      roster.enter(pid, of: .worker(worker.number))
    } catch {
      throw Failure(error)
    }
  }

  private func spawn(
    _ worker: Worker,
    _ command: ContiguousArray<UInt8>,
    _ environment: CStringArray
  ) throws(Errno) -> Int32 {
    let output = try FileDescriptor.pipe(waits: false)
    let error = try FileDescriptor.pipe(waits: false)
    var arguments = CStringArray([Self.shell, "-c", "--"])
    arguments.append(bytes: command)
    let pid = try spawner.start(
      in: worker.space,
      arguments: arguments,
      sharing: sharedEnvironment,
      environment: environment,
      descriptors: Spawner.Descriptors(
        input: nullInput.descriptor.rawValue,
        output: output.writing.rawValue,
        error: error.writing.rawValue
      )
    )
    worker.taps[0].open(output.keepReading(), keeping: kept(worker, .output))
    worker.taps[1].open(error.keepReading(), keeping: kept(worker, .error))
    return pid
  }

  /// Where a task's output is kept; that of the engine's own commands is not.
  private func kept(_ worker: Worker, _ stream: OutputStream) -> KeptOutput? {
    guard let keeper, worker.identity.isTask else { return nil }
    let origin = OutputOrigin(
      task: TaskID(worker.identity.id),
      attempt: Attempt(worker.identity.attempt),
      stream: stream
    )
    keeper.begin(origin)
    return KeptOutput(keeper: keeper, origin: origin)
  }
}
