import TestSupport
import Testing

/// An option of the reference, a value for it, and how one sees that it was understood.
struct OptionSample: CustomTestStringConvertible, Sendable {
  /// What is different with the option.
  enum Effect: Sendable {
    /// `--dry-run` shows this.
    case plan(String)
    /// The run ends with this status.
    case status(Int32)
    /// Standard error has this.
    case says(String)
    /// Standard output has this.
    case answers(String)
    /// A file has this in it.
    case writes(String, into: String)
    /// Nothing: it is for what is not here.
    case none
    /// It is refused with this text, and nothing is started.
    case refusal(String)
  }

  /// The long name.
  let name: String
  let short: Character?
  let value: String?
  /// The shortest beginning of the name that is no other option's.
  let shortest: String
  let effect: Effect
  /// What else stands on the command line.
  var others: [String] = ["-s", "localhost:4"]
  /// The task file.
  var tasks = "true\n"

  var testDescription: String { "--\(name)" }

  /// The words of all forms in which it may be written.
  var forms: [[String]] {
    let names = ["--\(name)", "--\(shortest)"]
    guard let value else { return names.map { [$0] } + (short.map { [["-\($0)"]] } ?? []) }
    let long = names.flatMap { [[$0, value], ["\($0)=\(value)"]] }
    guard let short else { return long }
    return long + [["-\(short)", value], ["-\(short)\(value)"], ["-\(short)=\(value)"]]
  }
}

extension OptionSample {
  /// A run to go on from: task 0 failed.
  static let failedRow: String = {
    var row = StatusRowText()
    row.code = 1
    return row.text
  }()
  /// Another: task 0 was another command.
  static let otherRow = failedRow.replacing("true\n", with: "false\n")

  static let all: [OptionSample] = [
    OptionSample(
      name: "exit-code",
      short: "e",
      value: nil,
      shortest: "ex",
      effect: .status(1),
      tasks: "false\n"
    ),
    OptionSample(
      name: "fail-fast",
      short: "f",
      value: nil,
      shortest: "fa",
      effect: .says(": Quitting early due to task failure with --fail-fast\n"),
      tasks: "false\n"
    ),
    OptionSample(
      name: "force-resume",
      short: nil,
      value: nil,
      shortest: "fo",
      effect: .status(0),
      others: ["-r", "other.txt"]
    ),
    OptionSample(name: "fill", short: nil, value: nil, shortest: "fi", effect: .none),
    OptionSample(
      name: "logfile",
      short: nil,
      value: "my.log",
      shortest: "logf",
      effect: .writes(" INFO     DisBatch       : driver", into: "my.log")
    ),
    OptionSample(
      name: "loglevel",
      short: nil,
      value: "DEBUG",
      shortest: "logl",
      effect: .writes(" DEBUG    DisBatch       : task 0", into: "run_driver.log")
    ),
    OptionSample(
      name: "mailTo",
      short: nil,
      value: "me",
      shortest: "mailT",
      effect: .says("mail to me was not sent: there is no program '/nonexistent'")
    ),
    OptionSample(
      name: "mailFreq",
      short: nil,
      value: "2",
      shortest: "mailF",
      effect: .none,
      others: ["--mailTo", "you"]
    ),
    OptionSample(
      name: "prefix",
      short: "p",
      value: "sub/name",
      shortest: "p",
      effect: .plan("/sub/name_status.txt\n")
    ),
    OptionSample(
      name: "resume-from",
      short: "r",
      value: "failed.txt",
      shortest: "res",
      effect: .says("0 done, 0 failed, 1 skipped")
    ),
    OptionSample(
      name: "retry",
      short: "R",
      value: nil,
      shortest: "retr",
      effect: .says("1 done, 0 failed, 0 skipped"),
      others: ["-r", "failed.txt"]
    ),
    OptionSample(
      name: "status-header",
      short: nil,
      value: nil,
      shortest: "stat",
      effect: .writes("ROE[ PSZ]\tTaskID\tLineNum\t", into: "run_status.txt")
    ),
    OptionSample(
      name: "context-task-limit",
      short: "C",
      value: "1",
      shortest: "co",
      effect: .status(1),
      tasks: "true\ntrue\n"
    ),
    OptionSample(
      name: "cpusPerTask",
      short: "c",
      value: "2",
      shortest: "cp",
      effect: .plan(", 2 at a time")
    ),
    OptionSample(
      name: "env-resource",
      short: "E",
      value: "DEVICES",
      shortest: "en",
      effect: .writes("device=a\n", into: "out"),
      others: ["-s", "localhost:1"],
      tasks: "echo device=$DEVICES > out\n"
    ),
    OptionSample(
      name: "gpu",
      short: "g",
      value: nil,
      shortest: "g",
      effect: .says("-g/--gpu is deprecated. It is no longer needed and will be ignored.\n")
    ),
    OptionSample(name: "no-retire", short: nil, value: nil, shortest: "n", effect: .none),
    OptionSample(
      name: "label",
      short: "l",
      value: "mine",
      shortest: "la",
      effect: .plan("_mine.context.log\n")
    ),
    OptionSample(
      name: "retire-cmd",
      short: nil,
      value: "true",
      shortest: "reti",
      effect: .says("--retire-cmd has no effect")
    ),
    OptionSample(
      name: "ssh-node",
      short: "s",
      value: "localhost:3",
      shortest: "ss",
      effect: .plan(", 3 at a time"),
      others: ["-c", "1"]
    ),
    OptionSample(
      name: "tasksPerNode",
      short: "t",
      value: "2",
      shortest: "tasksP",
      effect: .plan(", 2 at a time")
    ),
    OptionSample(
      name: "help",
      short: "h",
      value: nil,
      shortest: "h",
      effect: .answers("usage: disbatch")
    ),
    OptionSample(name: "version", short: nil, value: nil, shortest: "v", effect: .answers(".")),
    OptionSample(
      name: "kvsserver",
      short: nil,
      value: "h:1",
      shortest: "k",
      effect: .refusal("--kvsserver")
    ),
    OptionSample(
      name: "startup-only",
      short: "S",
      value: nil,
      shortest: "star",
      effect: .refusal("--startup-only"),
      others: []
    ),
    OptionSample(
      name: "use-address",
      short: nil,
      value: "localhost:0",
      shortest: "u",
      effect: .refusal("--use-address")
    ),
    OptionSample(name: "web", short: "w", value: nil, shortest: "w", effect: .refusal("--web")),
    OptionSample(
      name: "taskcommand",
      short: nil,
      value: "true",
      shortest: "taskc",
      effect: .refusal("--taskcommand")
    ),
    OptionSample(
      name: "taskserver",
      short: nil,
      value: "h:1",
      shortest: "taskse",
      effect: .refusal("--taskserver")
    ),
  ]
}
