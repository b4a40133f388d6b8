import TestSupport

/// A run that signals from outside end, all of them to everything, in an order of their own; and what
/// the printed command makes of it then.
///
/// It takes place in a pid namespace, where everything is what the run has started.
struct Storm {
  /// Whether there can be one.
  static let isPossible: Bool = {
    guard Machine.isRoot, Machine.has("/usr/bin/unshare") else { return false }
    let trial = ["--pid", "--fork", "--mount-proc", "/bin/true"]
    return (try? Program("/usr/bin/unshare", trial).run())?.ending == .exited(0)
  }()

  /// What a test that needs one says when it is left out.
  static let need = "needs root and pid namespaces"

  /// What the tasks do between their start, which they log, and their end.
  ///
  /// Those that are to be there when the signals come wait long; in the run that goes on, D is 0.
  static let kinds = [
    "sleep ${D-LONG} && echo e >&3",
    "trap 'exit 0' TERM INT HUP; sleep ${D-LONG} & wait $! && echo e >&3",
    "trap 'exit 143' TERM; trap 'exit 130' INT; trap 'exit 129' HUP;"
      + " sleep ${D-LONG} & wait $! && echo e >&3",
    "bash -c 'sleep ${D-LONG}; exit' && echo e >&3",
    "trap '' TERM INT HUP; sleep ${D-3}; echo e >&3",
    "bash -c 'trap \"exit 0\" TERM INT HUP; sleep ${D-LONG} & wait $!' && echo e >&3",
  ]
  static let taskCount = 30
  /// The kind of the tasks that may exit with 0 of a signal.
  static let politeKind = 1

  let folder: TemporaryFolder
  let seed: UInt64

  /// Runs it.
  func rage() throws {
    var lines = [
      "#DISBATCH PREFIX exec 3>>log/$DISBATCH_TASKID; echo \"s $$ $PPID\" >&3; echo > up; "
    ]
    for task in 0..<Self.taskCount {
      // The first ones end soon.
      let time = task < 12 ? "0.0\(task % 7)" : "30"
      lines.append(Self.kinds[task % Self.kinds.count].replacing("LONG", with: time))
    }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "Tasks")
    let arguments = [
      "--pid", "--fork", "--mount-proc", "/bin/bash", "-c", Self.script, "storm", Disbatch.path,
      "\(seed)",
    ]
    let outcome = try Program("/usr/bin/unshare", arguments, in: folder).run(seconds: 120)
    guard outcome.ending == .exited(0) else { throw Failure(text: "\(outcome)") }
  }

  /// What its files tell, for whoever wants to understand it.
  var story: String {
    ["order", "err", "run_status.txt", "err2", "run_SSH0.context.log"]
      .map { "--- \($0)\n" + ((try? folder.text(of: $0)) ?? "(not there)") }
      .joined(separator: "\n")
  }

  struct Failure: Error { let text: String }

  private static let script = #"""
    set -mu
    executable=$1 RANDOM=$2
    disbatch() { "$executable" "$@"; }
    mkdir log; mkfifo up never; exec 8<>up 9<>never
    "$executable" run --no-check -j 8 -p run --grace 1 Tasks 2> err &
    driver=$!
    # Eight run, and some have ended.
    for ((i = RANDOM % 12 + 9; i > 0; i--)); do read -r -u 8; done
    read -r -t "0.$((RANDOM % 3))" -u 9
    cp run_status.txt before
    echo "$driver" > driver
    all=(TERM INT HUP)
    for ((round = RANDOM % 3; round >= 0; round--)); do
      signal=${all[RANDOM % 3]} pids=()
      for process in /proc/[0-9]*; do
        pid=${process#/proc/}
        [ "$pid" = 1 ] || pids+=("$pid")
      done
      for ((i = ${#pids[@]} - 1; i > 0; i--)); do
        other=$((RANDOM % (i + 1))) pid=${pids[i]}
        pids[i]=${pids[other]} pids[other]=$pid
      done
      for pid in "${pids[@]}"; do
        time=$EPOCHREALTIME
        kill "-$signal" "$pid" 2> /dev/null && echo "$time $pid" >> order
        ((RANDOM % 4)) || read -r -t "0.00$((RANDOM % 10))" -u 9
      done
    done
    wait "$driver"; echo $? > code
    export D=0
    command=$(sed -n 's/.*to go on: //p' err | tail -1)
    [ "$command" ] || { cat err >&2; exit 3; }
    eval "$command" 2> err2; echo $? > code2
    """#
}

extension Storm {
  /// What came of it, by the tasks' own logs.
  struct Aftermath {
    /// Tasks whose rows counted before the first signal.
    let done: Set<Int>
    /// The lines that each task wrote, of all its attempts.
    let logs: [Int: [String]]
    private let driver: Int
    /// When each process first got a signal.
    private let struck: [Int: Double]

    init(of folder: TemporaryFolder) throws {
      let rows = try folder.text(of: "before").split(separator: "\n")
        .compactMap { StatusRow(String($0)) }
      done = Set(rows.filter { !$0.isLeftOut }.compactMap(\.id))
      var logs: [Int: [String]] = [:]
      for task in 0..<Storm.taskCount where folder.contains("log/\(task)") {
        logs[task] = try folder.text(of: "log/\(task)").split(separator: "\n").map(String.init)
      }
      self.logs = logs
      driver = Int(try folder.text(of: "driver").dropLast()) ?? 0
      var struck: [Int: Double] = [:]
      for line in try folder.text(of: "order").split(separator: "\n") {
        let words = line.split(separator: " ")
        guard words.count == 2, let time = Double(words[0]), let pid = Int(words[1]) else {
          continue
        }
        struck[pid] = min(struck[pid] ?? time, time)
      }
      self.struck = struck
    }

    /// What is wrong with a task's story; nil if nothing is.
    func complaint(about task: Int) -> String? {
      let log = logs[task] ?? []
      let starts = log.count { $0.hasPrefix("s") }
      if done.contains(task) {
        return starts == 1 ? nil : "task \(task) was done and ran \(starts) times: \(log)"
      }
      if log.contains("e") || isExcused(task, log) { return nil }
      return "task \(task) died and was not run again: \(log)"
    }

    /// Whether a task may be taken for one that came to its own end: it exited with 0 before any word
    /// of the end came to its engine or the driver, or died long before that.
    private func isExcused(_ task: Int, _ log: [String]) -> Bool {
      guard let last = log.last(where: { $0.hasPrefix("s") }) else { return false }
      let words = last.split(separator: " ").compactMap { Int($0) }
      guard words.count == 2, let end = struck[words[0]] else { return false }
      let told = min(struck[words[1]] ?? .infinity, struck[driver] ?? .infinity)
      let isPolite = task % Storm.kinds.count == Storm.politeKind
      return told - end > 0.7 || isPolite && told > end
    }
  }
}
