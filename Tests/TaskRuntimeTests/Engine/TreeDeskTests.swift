import Glibc
@testable import TaskRuntime
import TaskScheduler
import Testing

/// Desks that look at processes and end them; each test starts some, and so runs in a process of its own.
@Suite(.timeLimit(.minutes(2))) struct TreeDeskTests {
  /// The parts of an engine that have to do with processes.
  private final class Engine {
    static let runID = "0f"

    let loop: EngineLoop
    let roster = ChildRoster()
    let workers = Workers(slots: 2)
    let trees: TreeDesk
    let leftovers: LeftoverDesk
    var turn = EngineTurn(now: Clock.now)
    private let link: Link
    private let other: FileDescriptor.Shared
    private var frames = FrameReader()

    init() throws {
      try ChildRoster.adoptOrphans()
      loop = try EngineLoop()
      let sockets = try FileDescriptor.socketPair()
      other = FileDescriptor.Shared(try sockets.second.copy())
      link = try Link(sockets.keepFirst(), as: Poller.Source(kind: 9), in: &loop.poller)
      trees = TreeDesk(workers, runID: Self.runID, roster: roster, in: loop)
      let voice = EngineVoice(link: link, logPath: "/dev/null", writer: try FileWriter())
      leftovers = LeftoverDesk(workers, runID: Self.runID, voice: voice)
    }

    /// Starts bash for a worker, and waits for a line of it.
    func start(
      _ command: String,
      for worker: Worker,
      as identity: TaskIdentity? = nil
    ) throws -> String {
      let identity = identity ?? TaskIdentity(id: 7, attempt: 2, slot: Int32(worker.number))
      worker.begin(identity)
      let pipe = try FileDescriptor.pipe()
      let null = try FileDescriptor(opening: "/dev/null", for: .updatingExisting)
      let pid = try Spawner(Spawner.Manner(path: "/bin/bash")).start(
        arguments: CStringArray(["bash", "-c", "--", command]),
        environment: CStringArray([
          "PATH=/usr/bin:/bin", "DISBATCH_RUN_ID=\(Self.runID)",
          "DISBATCH_TASKID=\(identity.id)", "DISBATCH_ATTEMPT=\(identity.attempt)",
          "DISBATCH_CYLINDER_RANK=\(identity.slot)",
        ]),
        descriptors: Spawner.Descriptors(
          input: null.rawValue,
          output: pipe.writing.rawValue,
          error: null.rawValue
        )
      )
      worker.noteStart(pid)
      roster.enter(pid, of: .worker(worker.number))
      let reading = pipe.keepReading()
      var text: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 64)
      while !text.contains(UInt8(ascii: "\n")) {
        let count = try reading.readWaiting(into: &buffer)
        guard count > 0 else { break }
        text += buffer[..<count]
      }
      return String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Waits for the end of a child, and takes note of all that have ended.
    func reap() {
      var information = unsafe siginfo_t()
      _ = unsafe waitid(P_ALL, 0, &information, WEXITED | WNOWAIT)
      var endings: ContiguousArray<ChildRoster.Ending> = []
      roster.reap(into: &endings)
      for ending in endings {
        if case .worker(let number)? = ending.child?.owner {
          workers[number].noteEnd()
          turn.events.append(workers[number].id.exited(ending.outcome))
        } else {
          trees.noteEnd(ofOrphan: ending.pid)
        }
      }
      trees.endTurn()
    }

    /// Looks again, as soon as that is allowed.
    func look() {
      turn.now = Clock.now
      trees.lookAgain(&turn) { leftovers.look(in: $0, &$1) }
      // The one before was a moment ago.
      guard let allowed = loop.timers.nextDeadline, loop.timers.takeDue(at: allowed) != nil else {
        return
      }
      turn.now = allowed
      trees.lookAgain(&turn) { leftovers.look(in: $0, &$1) }
    }

    /// What the driver was told since the last question.
    func said() throws -> [EngineMessage] {
      link.flush(in: &loop.poller)
      var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
      while try other.descriptor.waitForInput(milliseconds: 0),
        case .bytes(let count) = try other.descriptor.read(into: &buffer)
      {
        frames.append(buffer[..<count])
      }
      var messages: [EngineMessage] = []
      while let frame = try frames.next() { messages.append(try EngineMessage(from: frame)) }
      return messages
    }
  }

  /// A shell with a child, one in a session of its own, and a daemon without any environment.
  private static let tree = """
    sleep 1000 > /dev/null & setsid sleep 1000 > /dev/null &
    ( ( setsid sleep 1000 > /dev/null ) & )
    """

  @Test func `all of a tree is killed, wherever it went, and its end is told once`() async {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      let worker = engine.workers[1]
      #expect(try engine.start("\(Self.tree); echo up; sleep 1000", for: worker) == "up")
      let others = try engine.start("echo $$; sleep 1000", for: engine.workers[0])
      engine.trees.endTree(of: worker, .kill, &engine.turn)
      while !engine.turn.events.contains(.treeEnded(SlotIndex(1))) {
        #expect(engine.trees.isEndingTree)
        engine.reap()
        engine.look()
      }
      #expect(
        Array(engine.turn.events)
          == [.childExited(SlotIndex(1), .signalled(SIGKILL)), .treeEnded(SlotIndex(1))]
      )
      #expect(!engine.trees.isEndingTree)
      // Another task is none of it.
      let other = try #require(Int32(others))
      #expect(ProcessTable.now().children(of: getpid()) == [other])
      kill(other, SIGKILL)
      engine.reap()
    }
  }

  @Test func `a tree that is asked to end may take its time, and is killed when it is told to`()
    async
  {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      let worker = engine.workers[0]
      let command = "trap 'echo asked' TERM; echo up; while :; do sleep 1000; done"
      #expect(try engine.start(command, for: worker) == "up")
      engine.trees.endTree(of: worker, .terminate, &engine.turn)
      #expect(worker.treeEnding == .terminating)
      #expect(engine.turn.events.isEmpty)
      engine.look()
      #expect(worker.isRunning)
      engine.trees.endTree(of: worker, .kill, &engine.turn)
      while engine.trees.isEndingTree {
        engine.reap()
        engine.look()
      }
      #expect(engine.turn.events.last == .treeEnded(SlotIndex(0)))
      #expect(SpawnerTests.hasNoChild())
    }
  }

  @Test func `looks are not taken one behind another, and a deadline asks for the next`() async {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      var count = 0
      engine.trees.lookAgain(&engine.turn) { _, _ in count += 1 }
      engine.trees.lookAgain(&engine.turn) { _, _ in count += 1 }
      #expect(count == 1)
      #expect(engine.loop.timers.isArmed(.lookAtProcesses))
      engine.turn.now = try #require(engine.loop.timers.nextDeadline)
      engine.trees.lookAgain(&engine.turn) { _, _ in count += 1 }
      #expect(count == 2)
    }
  }

  @Test func `everything is killed, orphans and all, until there is no child`() async {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      #expect(try engine.start("\(Self.tree); echo up", for: engine.workers[0]) == "up")
      #expect(try engine.start("\(Self.tree); echo up; wait", for: engine.workers[1]) == "up")
      engine.trees.isKillingEverything = true
      while engine.trees.killChildren(in: .now()) == .underway { engine.reap() }
      #expect(SpawnerTests.hasNoChild())
      #expect(engine.workers.all.allSatisfy { !$0.isRunning })
    }
  }

  @Test func `what tasks left running is told once, waited for, and reported once`() async {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      let line = try engine.start("sleep 1000 > /dev/null & echo $!", for: engine.workers[0])
      let left = try #require(Int32(line))
      engine.reap()
      engine.turn.events = []
      engine.look()
      #expect(try engine.said().isEmpty, "nobody waits yet")
      engine.leftovers.begin()
      for _ in 0..<3 { engine.look() }
      guard case .awaitsLeftovers(let awaited)? = try engine.said().first else {
        Issue.record("it was not told what is waited for")
        return
      }
      #expect(awaited.taskCount == 1)
      #expect(awaited.examples.map(\.command) == ["sleep 1000"])
      #expect(awaited.examples.map(\.task) == [TaskID(7)])
      #expect(engine.turn.events.isEmpty)
      for _ in 0..<2 { engine.leftovers.report(.now()) }
      #expect(try engine.said() == [.leftovers(awaited)])
      kill(left, SIGKILL)
      engine.reap()
      for _ in 0..<2 { engine.look() }
      #expect(Array(engine.turn.events) == [.leftoversEnded])
      #expect(try engine.said().isEmpty)
      #expect(!engine.leftovers.isAwaited)
    }
  }

  @Test func `what runs for a task that has not ended is not left behind`() async {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      let line = try engine.start("echo $$; sleep 1000; :", for: engine.workers[0])
      engine.leftovers.begin()
      engine.look()
      #expect(Array(engine.turn.events) == [.leftoversEnded])
      engine.leftovers.report(.now())
      #expect(try engine.said().isEmpty)
      engine.trees.endTree(of: engine.workers[0], .kill, &engine.turn)
      while engine.trees.isEndingTree {
        engine.reap()
        engine.look()
      }
      #expect(Int32(line) != nil)
    }
  }

  @Test
  func `an orphan is entered as its task's, and another task in its slot is not ended for it`()
    async
  {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      let worker = engine.workers[0]
      let line = try engine.start("setsid sleep 1000 > /dev/null & echo $!", for: worker)
      let orphan = try #require(Int32(line))
      engine.reap()
      let next = TaskIdentity(id: 8, attempt: 1, slot: 0)
      #expect(try engine.start("echo up; sleep 1000", for: worker, as: next) == "up")
      engine.trees.endTree(of: worker, .kill, &engine.turn)
      while engine.trees.isEndingTree {
        engine.reap()
        engine.look()
      }
      let earlier = ChildRoster.Owner.task(TaskIdentity(id: 7, attempt: 2, slot: 0))
      #expect(engine.roster[orphan] == ChildRoster.Child(owner: earlier, isOrphan: true))
      #expect(ProcessTable.now().children(of: getpid()) == [orphan])
      kill(orphan, SIGKILL)
      engine.reap()
      #expect(engine.roster[orphan] == nil)
    }
  }
}
