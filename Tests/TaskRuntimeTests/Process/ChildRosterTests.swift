import Glibc
import TaskRuntime
import TaskScheduler
import Testing

/// Tests that start or reap processes run in a process of their own.
@Suite struct ChildRosterTests {
  /// Starts bash, with its output in a pipe if there is one.
  private static func start(
    _ command: String,
    environment: [String] = ["PATH=/usr/bin:/bin"],
    output: Int32? = nil
  ) throws -> Int32 {
    let null = try FileDescriptor(opening: "/dev/null", for: .updatingExisting)
    return try Spawner(Spawner.Manner(path: "/bin/bash")).start(
      arguments: CStringArray(["bash", "-c", "--", command]),
      environment: CStringArray(environment),
      descriptors: Spawner.Descriptors(
        input: null.rawValue,
        output: output ?? null.rawValue,
        error: null.rawValue
      )
    )
  }

  /// Starts bash, and returns the first line that it writes.
  private static func said(
    by command: String,
    environment: [String] = ["PATH=/usr/bin:/bin"]
  )
    throws -> (pid: Int32, line: String)
  {
    let pipe = try FileDescriptor.pipe()
    let pid = try start(command, environment: environment, output: pipe.writing.rawValue)
    let reading = pipe.keepReading()
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64)
    while !text.contains(UInt8(ascii: "\n")) {
      let count = try reading.readWaiting(into: &buffer)
      guard count > 0 else { break }
      text += buffer[..<count]
    }
    return (pid, String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  /// Waits until so many children have ended.
  private static func reap(
    _ count: Int,
    from roster: ChildRoster
  ) throws
    -> [Int32: ChildRoster.Ending]
  {
    var endings: ContiguousArray<ChildRoster.Ending> = []
    roster.reap(into: &endings)
    while endings.count < count, roster.hasChildren {
      // Waits for one that has ended, and leaves it to be reaped.
      var information = unsafe siginfo_t()
      guard unsafe waitid(P_ALL, 0, &information, WEXITED | WNOWAIT) == 0 else { break }
      roster.reap(into: &endings)
    }
    return Dictionary(uniqueKeysWithValues: endings.map { ($0.pid, $0) })
  }

  static let owners: [ChildRoster.Owner] = [
    .engine(EngineID(0)), .engine(EngineID(7)), .mail, .worker(0), .worker(3), .stranger,
  ]

  @Test(arguments: owners)
  func `an ending tells whose child it was, once`(owner: ChildRoster.Owner) {
    let roster = ChildRoster()
    roster.enter(70, of: owner)
    roster.enterOrphan(71, of: owner)
    #expect(roster[70] == ChildRoster.Child(owner: owner))
    #expect(roster[71] == ChildRoster.Child(owner: owner, isOrphan: true))
    #expect(
      roster.strike(70, .exited(3))
        == ChildRoster.Ending(pid: 70, outcome: .exited(3), child: .init(owner: owner))
    )
    #expect(roster.strike(71, .signalled(9)).child?.isOrphan == true)
    // The number may be another process's now.
    #expect(roster[70] == nil)
    #expect(roster.strike(70, .exited(0)).child == nil)
  }

  @Test func `a number that is given again is the child of its new owner`() {
    let roster = ChildRoster()
    for round in 0..<1000 {
      roster.enter(70, of: .worker(round))
      #expect(roster.strike(70, .exited(0)).child?.owner == .worker(round))
    }
  }

  @Test func `every child that has ended is reaped with its outcome, and no other`() async {
    await #expect(processExitsWith: .success) {
      let roster = ChildRoster()
      var expected: [Int32: ChildRoster.Ending] = [:]
      for number in 0..<20 {
        let isKilled = number % 3 == 0
        let pid = try Self.start(isKilled ? "kill -9 $$" : "exit \(number)")
        roster.enter(pid, of: .worker(number))
        expected[pid] = ChildRoster.Ending(
          pid: pid,
          outcome: isKilled ? .signalled(9) : .exited(Int32(number)),
          child: .init(owner: .worker(number))
        )
      }
      let running = try Self.start("sleep 1000")
      roster.enter(running, of: .mail)
      #expect(try Self.reap(20, from: roster) == expected)
      #expect(roster.hasChildren)
      #expect(roster[running]?.owner == .mail)
      kill(running, SIGKILL)
      #expect(try Self.reap(1, from: roster)[running]?.child?.owner == .mail)
      #expect(SpawnerTests.hasNoChild())
    }
  }

  @Test func `orphans of tasks are killed until none is left, those of others are not`() async {
    await #expect(processExitsWith: .success) {
      try ChildRoster.adoptOrphans()
      let stranger = try Self.said(by: "echo; sleep 1000").pid
      let roster = ChildRoster()
      roster.enterStrangers()
      roster.recognizeOrphans(by: "MARK=mail", of: .mail)
      let engine = try Self.start("sleep 1000")
      roster.enter(engine, of: .engine(EngineID(0)))
      // Each says the number of what it leaves behind.
      let marked = try Self.said(
        by: "setsid sleep 1000 > /dev/null & echo $!",
        environment: ["PATH=/usr/bin:/bin", "MARK=mail"]
      )
      let plain = try Self.said(by: "sleep 1000 > /dev/null & echo $!")
      let nameless = try Self.said(
        by: "env -i /usr/bin/setsid /bin/sh -c 'sleep 1000; sleep 1000' > /dev/null & echo $!"
      )
      for parent in [marked.pid, plain.pid, nameless.pid] {
        #expect(ChildRoster.waitForEnd(of: parent) == .exited(0))
      }
      let mail = try #require(Int32(marked.line))
      let tasks = try [#require(Int32(plain.line)), #require(Int32(nameless.line))]
      var ended: Set<Int32> = []
      while roster.killOrphans() {
        for ending in try Self.reap(1, from: roster).values {
          #expect(ending.outcome == .signalled(SIGKILL))
          #expect(ending.child == nil)
          ended.insert(ending.pid)
        }
      }
      #expect(ended.isSuperset(of: tasks))
      #expect(roster[mail] == ChildRoster.Child(owner: .mail, isOrphan: true))
      #expect(roster[stranger] == ChildRoster.Child(owner: .stranger))
      #expect(Set(ProcessTable.now().children(of: getpid())) == [stranger, engine, mail])
      for pid in [stranger, engine, mail] { kill(pid, SIGKILL) }
      let last = try Self.reap(3, from: roster)
      #expect(last[mail]?.child == ChildRoster.Child(owner: .mail, isOrphan: true))
      #expect(last[engine]?.child?.owner == .engine(EngineID(0)))
      #expect(!roster.hasChildren || SpawnerTests.hasNoChild())
    }
  }

  @Test func `where there is no child, none is looked for or killed`() async {
    await #expect(processExitsWith: .success) {
      let roster = ChildRoster()
      var endings: ContiguousArray<ChildRoster.Ending> = []
      roster.reap(into: &endings)
      #expect(endings.isEmpty)
      #expect(!roster.hasChildren)
      #expect(!roster.killOrphans())
    }
  }
}
