import Glibc
import TaskRuntime
import TaskScheduler
import Testing

/// Each test starts processes, and so runs in one of its own.
@Suite struct SpawnerTests {
  /// Runs bash with its output in a pipe, and returns what it wrote and how it ended; in a space it
  /// starts without waiting until it is bash.
  static func run(
    _ command: String,
    manner: Spawner.Manner = Spawner.Manner(path: "/bin/bash"),
    environment: [String] = ["PATH=/usr/bin:/bin"],
    in space: SpawnSpace? = nil
  ) throws -> (output: String, status: Outcome?) {
    let pipe = try FileDescriptor.pipe()
    let null = try FileDescriptor(opening: "/dev/null", for: .reading)
    let arguments = CStringArray(["/bin/bash", "-c", "--", command])
    let environment = CStringArray(environment)
    let descriptors = Spawner.Descriptors(
      input: null.rawValue,
      output: pipe.writing.rawValue,
      error: pipe.writing.rawValue
    )
    let spawner = Spawner(manner)
    let pid =
      if let space {
        try spawner.start(
          in: space,
          arguments: arguments,
          environment: environment,
          descriptors: descriptors
        )
      } else {
        try spawner.start(arguments: arguments, environment: environment, descriptors: descriptors)
      }
    let reading = pipe.keepReading()
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case .bytes(let count) = try unsafe buffer.withUnsafeMutableBytes({
      try unsafe reading.read(into: $0)
    }) {
      output += buffer[..<count]
    }
    let status = ChildRoster.waitForEnd(of: pid)
    if let space, let reason = space.takeBack() {
      #expect(status == .exited(127))
      throw reason
    }
    return (String(decoding: output, as: UTF8.self), status)
  }

  /// Whether no child runs or is left to reap.
  static func hasNoChild() -> Bool {
    let roster = ChildRoster()
    var endings: ContiguousArray<ChildRoster.Ending> = []
    roster.reap(into: &endings)
    return endings.isEmpty && !roster.hasChildren
  }

  @Test func `a process leads a session of its own and reads nothing`() async {
    await #expect(processExitsWith: .success) {
      let result = try Self.run("read -r _ || echo $$ $(ps -o sid= -p $$); echo \"$0\"")
      let words = result.output.split(whereSeparator: \.isWhitespace)
      #expect(words.count == 3)
      #expect(words.first == words.dropFirst().first)
      #expect(words.last == "/bin/bash")
      #expect(result.status == .exited(0))
    }
  }

  @Test func `exit codes and signals come back`() async {
    await #expect(processExitsWith: .success) {
      let exited = try Self.run("exit 7")
      let killed = try Self.run("kill -9 $$")
      #expect(exited.status == .exited(7))
      #expect(killed.status == .signalled(9))
    }
  }

  @Test func `no descriptor and no signal setting of ours reaches the process`() async {
    await #expect(processExitsWith: .success) {
      // What this process was born with is not ours.
      FileDescriptor.closeOnExec(from: 3)
      let inbox = try SignalInbox([.child, .interrupt, .terminate, .user1])
      let pipe = try FileDescriptor.pipe()
      let sockets = try FileDescriptor.socketPair()
      _ = signal(SIGPIPE, SIG_IGN)
      let result = try Self.run(
        """
        ls -m /proc/self/fd
        grep ^SigBlk /proc/self/status
        echo $((0x$(awk '/^SigIgn/ {print $2}' /proc/self/status) & (1 << 12)))
        """
      )
      // ls itself has opened the directory, as 3; bit 12 stands for SIGPIPE.
      #expect(result.output == "0, 1, 2, 3\nSigBlk:\t0000000000000000\n0\n")
      #expect(inbox.descriptor.rawValue > 2)
      #expect(pipe.reading.rawValue > 2)
      #expect(sockets.first.rawValue > 2)
    }
  }

  @Test(arguments: [true, false])
  func `directory, environment and limit are what was asked for`(waits: Bool) async {
    await #expect(processExitsWith: .success) { [waits] in
      let manner = Spawner.Manner(path: "/bin/bash", directory: "/usr", openFiles: 64)
      let result = try Self.run(
        "pwd; echo \"$ANSWER\"; ulimit -Sn",
        manner: manner,
        environment: ["ANSWER=4 2"],
        in: waits ? nil : SpawnSpace()
      )
      #expect(result.output == "/usr\n4 2\n64\n")
    }
  }

  @Test(arguments: [
    (Spawner.Manner(path: "/nonexistent/program"), ENOENT),
    (Spawner.Manner(path: "/etc/passwd"), EACCES),
    (Spawner.Manner(path: "/bin/bash", directory: "/nonexistent"), ENOENT),
  ])
  func `what cannot start says why and leaves no child`(
    manner: Spawner.Manner,
    reason: Int32
  ) throws {
    #expect(throws: Errno(reason)) { try Self.run("true", manner: manner) }
    #expect(throws: Errno(reason)) { try Self.run("true", manner: manner, in: SpawnSpace()) }
  }

  @Test func `a command that is too long says so`() throws {
    let command = String(repeating: "x", count: 1 << 18)
    #expect(throws: Errno(E2BIG)) { try Self.run(command) }
    let space = SpawnSpace()
    #expect(throws: Errno(E2BIG)) { try Self.run(command, in: space) }
    // What failed leaves nothing behind that the next one could stumble over.
    #expect(try Self.run("echo $0", in: space).output == "/bin/bash\n")
  }

  @Test func `processes start beside each other, and their failures disturb nobody`() async {
    await #expect(processExitsWith: .success) {
      let null = try FileDescriptor(opening: "/dev/null", for: .reading)
      let descriptors = Spawner.Descriptors(
        input: null.rawValue,
        output: null.rawValue,
        error: null.rawValue
      )
      let spaces = (0..<32).map { _ in SpawnSpace() }
      for round in 0..<50 {
        var pids: [Int32] = []
        for (number, space) in spaces.enumerated() {
          // Each has its own code, and every third no program, while our own calls fail beside them.
          let path = number % 3 == 0 ? "/nonexistent/program" : "/bin/bash"
          pids.append(
            try Spawner(Spawner.Manner(path: path)).start(
              in: space,
              arguments: CStringArray(["bash", "-c", "exit \(number + round)"]),
              environment: CStringArray(["NUMBER=\(number)"]),
              descriptors: descriptors
            )
          )
          for _ in 0..<20 {
            let reason = close(-1) < 0 ? errno : 0
            #expect(reason == EBADF)
          }
        }
        for (number, pid) in pids.enumerated() {
          let isMissing = number % 3 == 0
          #expect(
            ChildRoster.waitForEnd(of: pid) == .exited(isMissing ? 127 : Int32(number + round))
          )
          #expect(spaces[number].takeBack() == (isMissing ? Errno(ENOENT) : nil))
        }
      }
      #expect(Self.hasNoChild())
    }
  }

  @Test func `orphans become children of the process that adopts them`() async {
    await #expect(processExitsWith: .success) {
      try ChildRoster.adoptOrphans()
      let result = try Self.run("(setsid sleep 1000 >/dev/null 2>&1 & echo $!)")
      let orphan = try #require(Int32(result.output.dropLast()))
      var table = ProcessTable.now()
      while !table.children(of: getpid()).contains(orphan) { table = .now() }
      #expect(kill(orphan, SIGKILL) == 0)
      #expect(ChildRoster.waitForEnd(of: orphan) == .signalled(SIGKILL))
      #expect(Self.hasNoChild())
    }
  }
}
