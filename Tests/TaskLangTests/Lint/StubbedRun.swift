import TaskLang
import TestSupport

/// What a task file calls when bash runs its commands one after another and every program is a stub.
struct StubbedRun {
  /// A call: the folder, a sum of what stood on standard input, and the words, each once for each call.
  let calls: [String: Int]
  /// The files that are there afterwards.
  let files: Set<String>

  /// Most tasks of one REPEAT, and most commands of a file.
  private static let limits = (repeats: 3, commands: 24)

  /// Runs an input.
  init(_ source: [UInt8]) throws {
    let commands = Self.commands(of: source)
    let folder = try TemporaryFolder()
    try folder.write(Self.driver, to: "driver")
    var program = Program(
      "/bin/bash",
      ["--norc", "driver"] + Self.places(in: commands),
      in: folder
    )
    program.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": folder.path]
    program.input = .bytes(Array(commands.joined(separator: [0])) + [0])
    let outcome = try program.run(seconds: 100)
    guard outcome.ending == .exited(0) else { throw Failure(outcome: "\(outcome)") }
    var calls: [String: Int] = [:]
    var files: Set<String> = []
    for line in String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map(
      String.init
    ) {
      // A program of that name is a mistake.
      if line.contains("\\tDISBATCH_") { continue }
      if line.hasPrefix("file ") {
        files.insert(line)
      } else {
        calls[line.replacing(folder.path, with: "ROOT"), default: 0] += 1
      }
    }
    self.calls = calls
    self.files = files
  }

  /// Bash did not get through.
  struct Failure: Error {
    let outcome: String
  }

  /// The calls of another run that this one lacks.
  func missing(from other: StubbedRun) -> [String] {
    other.calls.filter { calls[$0.key, default: 0] < $0.value }.map(\.key).sorted()
  }

  /// How many calls there were.
  var count: Int { calls.values.reduce(0, +) }

  /// Each command with the variables that a task has.
  private static func commands(of source: [UInt8]) -> [[UInt8]] {
    var commands: [[UInt8]] = []
    for step in TaskFile(source).steps {
      var indexes = [-1]
      switch step.kind {
      case .barrier: continue
      case .task, .perEngine: break
      case .repeated(let range):
        indexes = (0..<min(range.count, limits.repeats)).map { range[$0] }
      }
      for (place, index) in indexes.enumerated() where commands.count < limits.commands {
        let id = step.firstID + place
        let variables =
          "DISBATCH_TASKID=\(id) DISBATCH_TASKID_ZP=00000\(id % 10)"
          + " DISBATCH_REPEAT_INDEX=\(index) DISBATCH_REPEAT_INDEX_ZP=\(index)"
          + " DISBATCH_STREAM_INDEX=\(step.line) DISBATCH_JOBID=job DISBATCH_NAMETASKS=tasks"
        commands.append(Array("\(variables)\n".utf8) + step.command)
      }
    }
    return commands
  }

  /// Folders and programs that commands name, as far as a look at their bytes tells.
  private static func places(in commands: [[UInt8]]) -> [String] {
    var places: Set<String> = []
    for command in commands {
      let words = String(decoding: command, as: UTF8.self).split {
        " \t\n;|&(){}<>\"'`=".contains($0)
      }
      for (word, before) in zip(words, [""] + words.dropLast().map(String.init)) {
        let isPlain = word.utf8.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || [0x2E, 0x2F, 0x5F, 0x2D].contains(byte)
        }
        guard isPlain, !word.hasPrefix("/"), !word.hasPrefix("-"), !word.contains("..") else {
          continue
        }
        if before == "cd" || before == "pushd" {
          places.insert("folder:\(word)")
        } else if word.contains("/") {
          places.insert("program:\(word)")
        }
      }
    }
    return places.sorted()
  }

  /// Makes folders and stubs, runs each command with a limit of time, and prints what was called.
  ///
  /// Every folder can be entered: what a fix does where one is missing is its promise.
  /// A program that a command names by a path is the stub in every folder; one without a path, other
  /// than a few that only hand text on, is found missing by bash, which is told to call the stub.
  private static let driver = """
    root=$PWD/root; mkdir -p "$root" bin; export STUB_LOG=$PWD/log STUB_ROOT=$root
    stub=$PWD/bin/stub-program; : > "$STUB_LOG"
    cat > "$stub" <<'STUB'
    #!/bin/bash
    sum=$(/usr/bin/timeout 5 /usr/bin/cksum); line=${PWD#"$STUB_ROOT"}/$'\\t'$sum
    for word; do line+=$'\\t'$word; done
    printf '%q\\n' "$line" >> "$STUB_LOG"
    echo "out of $1"; echo "err of $1" >&2
    STUB
    chmod +x "$stub"
    for name in cat tee head tail sort cut mkdir basename dirname touch sleep true false; do
      ln -s "$(type -P $name)" bin/$name
    done
    cat > rc <<RC
    command_not_found_handle() { BASH_ENV= $stub "\\$@"; }
    cd() {
      local folder=\\$1
      [[ \\$folder == /* ]] && folder=\\$STUB_ROOT\\$folder
      mkdir -p "\\$folder"
      builtin cd "\\$folder"
    }
    RC
    folders=("$root")
    for place; do
      [[ $place == folder:* ]] && { mkdir -p "$root/${place#*:}"; folders+=("$root/${place#*:}"); }
    done
    for folder in "${folders[@]}"; do
      for place; do
        path=$folder/${place#*:}
        [[ $place == program:* && ! -e $path ]] || continue
        mkdir -p "${path%/*}" 2>/dev/null
        printf '#!/bin/bash\\nBASH_ENV= exec %q "%s" "$@"\\n' "$stub" "${place#*:}" > "$path" 2>/dev/null
        chmod +x "$path" 2>/dev/null
      done
    done
    bin=$PWD/bin rc=$PWD/rc
    (cd "$root" && find . -type f) | sort > before
    while IFS= read -r -d '' item; do
      [ -n "$item" ] || continue
      (
        cd "$root" && read -r -a variables <<< "${item%%$'\\n'*}"
        export "${variables[@]}" PATH=$bin BASH_ENV=$rc
        /usr/bin/timeout 10 /bin/bash -c -- "${item#*$'\\n'}" < /dev/null > /dev/null 2>&1
      )
    done
    # What still runs in the background has its time.
    /usr/bin/sleep 0.05
    /usr/bin/cat "$STUB_LOG"
    (cd "$root" && find . -type f) | sort | comm -13 before - | sed 's/^/file /'
    """
}
