import TestSupport

/// The real bash, asked whether it parses commands.
enum BashOracle {
  /// What bash said of one command.
  struct Answer {
    /// Whether it ended with a status other than 0, or wrote an error and not only warnings.
    ///
    /// A malformed `[[ ]]` is an error that bash ends with status 0.
    var saysError: Bool
    /// The first error it wrote.
    var message: String
  }

  /// Asks bash about commands: `bash -n -c` for each, two at a time, as tasks are run.
  ///
  /// - Returns: An answer for each command, in order.
  static func ask(_ commands: [[UInt8]]) throws -> [Answer] {
    let folder = try TemporaryFolder()
    let worker = try folder.write(worker, to: "worker")
    var input: [UInt8] = []
    for (index, command) in commands.enumerated() {
      input += Array("\(index):".utf8) + command + [0]
    }
    let script = "xargs -0 -n 250 -P 2 /bin/sh \"$1\" && cat out.*"
    var program = Program("/bin/sh", ["-c", script, "sh", worker], in: folder)
    program.input = .bytes(input)
    let outcome = try program.setting("LC_ALL", to: "C.UTF-8").run(seconds: 3600)
    guard outcome.ending == .exited(0) else { throw OracleFailure(outcome: "\(outcome)") }
    return try answers(outcome.output, commands.count)
  }

  /// The oracle could not be asked.
  struct OracleFailure: Error {
    let outcome: String
  }

  /// Each call writes to a file of its own, so lines of two workers never mix; it has the number of its
  /// first command, since process ids are used again.
  private static let worker = """
    exec > "out.${1%%:*}"
    newline='
    '
    for item; do
      said=$(bash -n -c -- "${item#*:}" bash 2>&1 </dev/null)
      status=$?
      case $said in
        *'bash: -c: '*) said=${said#*bash: -c: } said=${said%%"$newline"*} ;;
        *) said= ;;
      esac
      printf '%s %s %s\\n' "${item%%:*}" "$status" "$said"
    done
    """

  private static func answers(_ output: [UInt8], _ count: Int) throws -> [Answer] {
    var answers = [Answer?](repeating: nil, count: count)
    for line in output.split(separator: 0x0A) {
      let fields = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, let index = Int(String(decoding: fields[0], as: UTF8.self)),
        answers.indices.contains(index)
      else { continue }
      answers[index] = Answer(
        saysError: fields[1] != [0x30] || !fields[2].isEmpty,
        message: String(decoding: fields[2], as: UTF8.self)
      )
    }
    let known = answers.compactMap(\.self)
    guard known.count == count else {
      throw OracleFailure(outcome: "\(count - known.count) answers are missing")
    }
    return known
  }
}
