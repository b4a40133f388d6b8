import Glibc
@testable import TaskRuntime
import TaskScheduler
import Testing

/// The desk that starts shells; tests that start some run in a process of their own.
@Suite(.timeLimit(.minutes(2))) struct ShellDeskTests {
  private final class Engine {
    let loop: EngineLoop
    let link: Link
    let roster = ChildRoster()
    let workers = Workers(slots: 2)
    let desk: ShellDesk

    init(_ settings: EngineSettings = EngineTests.settings()) throws {
      loop = try EngineLoop()
      let sockets = try FileDescriptor.socketPair()
      link = try Link(sockets.keepFirst(), as: Poller.Source(kind: 9), in: &loop.poller)
      let resources = try EngineResources(settings, link, openFiles: 64, in: loop)
      desk = ShellDesk(settings, resources, roster: roster)
    }

    /// Waits for a worker's shell, and returns what it printed.
    func output(of worker: Worker) -> (text: String, outcome: Outcome?) {
      let outcome = ChildRoster.waitForEnd(of: worker.pid)
      #expect(worker.space.takeBack() == nil)
      for tap in worker.taps { tap.drain(through: &loop.buffer, in: &loop.poller) }
      worker.conclude(at: Clock.now)
      return (String(decoding: worker.report.output, as: UTF8.self), outcome)
    }
  }

  private static func order(_ id: Int64, _ command: String, slot: Int32) -> TaskOrder {
    TaskOrder(
      task: TaskID(id),
      attempt: Attempt(3),
      slot: SlotIndex(slot),
      line: 12,
      repeatIndex: 5,
      command: ContiguousArray(command.utf8)
    )
  }

  @Test func `a task's shell gets its command, its variables and its limits, and is entered`() async
  {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      let command = "echo $DISBATCH_TASKID $DISBATCH_ATTEMPT $DISBATCH_CYLINDER_RANK"
      engine.desk.accept(Self.order(40, "\(command); exit 4", slot: 0))
      engine.desk.accept(Self.order(41, "ulimit -Sn; read -r _ || echo end", slot: 1))
      for slot in [SlotIndex(1), SlotIndex(0)] {
        let worker = engine.workers[slot]
        try engine.desk.start(.task(slot), for: worker)
        #expect(engine.roster[worker.pid] == ChildRoster.Child(owner: .worker(slot.index)))
        #expect(worker.isRunning)
        #expect(worker.report.pid == worker.pid)
      }
      let first = engine.output(of: engine.workers[0])
      #expect(first.text == "40 3 0\n")
      #expect(first.outcome == .exited(4))
      #expect(engine.workers[0].identity == TaskIdentity(id: 40, attempt: 3, slot: 0))
      #expect(engine.output(of: engine.workers[1]).text == "64\nend\n")
    }
  }

  @Test func `the engine's own commands are known by their moment and their number`() async {
    await #expect(processExitsWith: .success) {
      let engine = try Engine()
      for (moment, word) in [(PerEngineMoment.start, "a"), (.stop, "b"), (.start, "c")] {
        engine.desk.accept(moment, line: 2, ContiguousArray("echo \(word) $DISBATCH_TASKID".utf8))
      }
      var heard: [String] = []
      for (moment, index) in [(PerEngineMoment.start, 1), (.stop, 0), (.start, 0)] {
        try engine.desk.start(.command(moment, Int32(index)), for: engine.workers.own)
        heard.append(engine.output(of: engine.workers.own).text)
        #expect(!engine.workers.own.identity.isTask)
      }
      #expect(heard == ["c 1\n", "b 0\n", "a 0\n"])
    }
  }

  @Test func `a command that no shell can get starts nothing and says why`() throws {
    let engine = try Engine()
    engine.desk.accept(Self.order(1, "echo a\0b", slot: 0))
    let worker = engine.workers[0]
    let failure = #expect(throws: ShellDesk.Failure.self) {
      try engine.desk.start(.task(SlotIndex(0)), for: worker)
    }
    #expect(failure?.reason == .invalidArgument)
    #expect(failure?.text == "the command holds a zero byte")
    #expect(!worker.isRunning)
    #expect(worker.report.startNanoseconds > 0)
  }
}
