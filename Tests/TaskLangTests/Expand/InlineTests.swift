import FoundationEssentials
import TaskLang
import TestSupport
import Testing

@Suite struct InlineTests {
  /// One task, as `expand --format json` has it.
  private struct Item: Decodable {
    var kind: String
    var id: Int
    var line: Int
    var `repeat`: Int
    var command: String
  }

  private static func expansion(
    of source: String,
    as format: ExpansionFormat,
    inlines: Bool = false
  ) -> [UInt8] {
    var expander = Expander(format: format, name: "Tasks", checks: false, inlines: inlines)
    var output: [UInt8] = []
    _ = expander.read(Array(source.utf8).span, into: &output) { _ in true }
    expander.finish(into: &output) { _ in true }
    return output
  }

  private static func items(of source: String) throws -> [Item] {
    try expansion(of: source, as: .json).split(separator: 0x0A).map {
      try JSONDecoder().decode(Item.self, from: Data($0))
    }
  }

  private static func inlined(_ source: String) -> String {
    String(decoding: expansion(of: source, as: .tasks, inlines: true), as: UTF8.self)
  }

  static let forms: [(source: String, flat: String)] = [
    ("echo $DISBATCH_TASKID ${DISBATCH_STREAM_INDEX_ZP}", "echo 0 000001"),
    ("./a -o \"x_${DISBATCH_TASKID}\"$DISBATCH_TASKID_ZP", "./a -o \"x_0\"000000"),
    ("echo $DISBATCH_REPEAT_INDEX", "echo $DISBATCH_REPEAT_INDEX"),
    ("echo '$DISBATCH_TASKID' $DISBATCH_TASKID", "echo '$DISBATCH_TASKID' $DISBATCH_TASKID"),
    ("#DISBATCH REPEAT 1 start 7 echo $DISBATCH_REPEAT_INDEX", "echo 7"),
    ("#DISBATCH REPEAT 1 start 7 echo $((DISBATCH_REPEAT_INDEX % 4))", "echo $((7 % 4))"),
    (
      "#DISBATCH REPEAT 1 start 7 ./a $DISBATCH_REPEAT_INDEX",
      "export DISBATCH_REPEAT_INDEX=7 DISBATCH_REPEAT_INDEX_ZP=000007 ; ./a 7"
    ),
    ("#DISBATCH REPEAT 1 start 7 true", "true"),
    ("#DISBATCH REPEAT 1 start 7 ./a", "#DISBATCH REPEAT 1 start 7 step 1 ./a"),
  ]

  @Test(arguments: forms)
  func `values stand where they mean the same`(source: String, flat: String) {
    #expect(Self.inlined(source) == flat + "\n")
    #expect(Self.inlined(flat) == flat + "\n")
  }

  @Test(arguments: ShellFixture.all(in: "shell/clean"))
  func `what is written has no error and no warning where the file had none`(
    _ fixture: ShellFixture
  ) {
    let flat = Self.inlined(String(decoding: fixture.source, as: UTF8.self))
    let found = Checked(Array(flat.utf8), LintOptions(checksShell: true)).diagnostics
    #expect(found.filter { $0.severity >= .warning }.map(\.message) == [], "\(flat)")
  }

  /// Ways to read the index that a value must not stand for; each as the command of a REPEAT.
  static let refusals = [
    "echo '$DISBATCH_REPEAT_INDEX'", "bash -c 'echo $DISBATCH_REPEAT_INDEX'",
    "printenv DISBATCH_REPEAT_INDEX", "eval \"echo $DISBATCH_REPEAT_INDEX\"",
    ". ./env ; echo $DISBATCH_REPEAT_INDEX",
    "DISBATCH_REPEAT_INDEX=1 ; echo $DISBATCH_REPEAT_INDEX",
    "unset DISBATCH_REPEAT_INDEX ; echo $DISBATCH_REPEAT_INDEX", "echo ${DISBATCH_REPEAT_INDEX:-1}",
    "n=${#DISBATCH_REPEAT_INDEX} ; echo $n", "echo `echo $DISBATCH_REPEAT_INDEX`",
    "IFS=0 ; echo $DISBATCH_REPEAT_INDEX", "echo {1..$DISBATCH_REPEAT_INDEX}",
    "echo $DISBATCH_REPEAT_INDEX> f", "echo ~$DISBATCH_REPEAT_INDEX", "a$DISBATCH_REPEAT_INDEX=3",
    "a[$DISBATCH_REPEAT_INDEX]=1", "echo $((1 / DISBATCH_REPEAT_INDEX))",
    "echo $((DISBATCH_REPEAT_INDEX++))", "echo $((DISBATCH_REPEAT_INDEX_ZP))",
    "echo $DISBATCH_REPEAT_INDEX $_", "echo $DISBATCH_REPEAT_INDEX \"$BASH_COMMAND\"",
    "echo $DISBATCH_REPEAT_INDEX ; set", "n=x ; unset ${n}y ; echo $DISBATCH_REPEAT_INDEX",
    "$run $DISBATCH_REPEAT_INDEX", "echo $DISBATCH_REPEAT_INDEX $DISBATCH_NO_SUCH",
    "cat <<E $DISBATCH_REPEAT_INDEX", "echo ( $DISBATCH_REPEAT_INDEX", "# $DISBATCH_REPEAT_INDEX",
    "echo $DISBATCH_REPEAT_INDEX \\", "echo $x${DISBATCH_REPEAT_INDEX}",
    "set -ex ; for i in $DISBATCH_REPEAT_INDEX ; do : ; done",
    "cat /proc/self/environ $DISBATCH_REPEAT_INDEX",
  ]

  @Test(arguments: refusals)
  func `what is not proven stays a REPEAT`(_ command: String) {
    let flat = "#DISBATCH REPEAT 1 start 7 step 1 \(command)"
    #expect(Self.inlined(flat) == flat + "\n")
  }

  @Test(arguments: 0..<(TestMode.isLong ? 40 : 3) as Range<UInt64>)
  func `an inlined file does and prints the same when bash runs it`(seed: UInt64) throws {
    var random = SplitMix(seed: seed &* 7919)
    var generator = InlineCommandGenerator(seed: seed)
    var source = ""
    for _ in 0..<120 {
      if Bool.random(using: &random) {
        let (count, start) = (
          Int.random(in: 1...2, using: &random), random.pick([0, 1, 5, 10, 42])
        )
        source += "#DISBATCH REPEAT \(count) start \(start) "
      }
      source += generator.next() + "\n"
    }
    let flat = Self.inlined(source)
    #expect(Self.inlined(flat) == flat)
    let (before, after) = (try Self.items(of: source), try Self.items(of: flat))
    #expect(before.map(\.id) == after.map(\.id))
    var changed: [(Item, Item)] = []
    for (old, new) in zip(before, after) {
      if old.command == new.command {
        #expect(new.repeat == old.repeat || !old.command.contains("DISBATCH_"), "\(old.command)")
      }
      if old.command != new.command || old.repeat != new.repeat { changed.append((old, new)) }
      if old.repeat != new.repeat { #expect(new.repeat == -1) }
    }
    #expect(changed.count > before.count / 8)
    let outcomes = try Self.run(changed.map(\.0) + changed.map(\.1))
    for (index, (old, new)) in changed.enumerated() {
      #expect(
        outcomes[index] == outcomes[changed.count + index],
        "\(old.command)\n\(new.command)"
      )
    }
  }

  /// Runs commands as tasks are run, each in a folder of its own, and returns what they wrote and
  /// how they ended.
  private static func run(_ items: [Item]) throws -> [String] {
    let folder = try TemporaryFolder()
    let worker = try folder.write(worker, to: "worker")
    var input: [UInt8] = []
    for (index, item) in items.enumerated() {
      for word in ["\(index)", "\(item.id)", "\(item.line)", "\(item.repeat)", item.command] {
        input += Array(word.utf8) + [0]
      }
    }
    var program = Program(
      "/usr/bin/xargs",
      ["-0", "-n", "5", "-P", "2", "/bin/bash", worker],
      in: folder
    )
    program.input = .bytes(input)
    let outcome = try program.setting("LC_ALL", to: "C.UTF-8").run(seconds: 1200)
    #expect(outcome.ending == .exited(0), "\(outcome)")
    return try items.indices.map { try folder.text(of: "out.\($0)") }
  }

  private static let worker = """
    mkdir "work.$1" && cd "work.$1" || exit
    export DISBATCH_TASKID=$2 DISBATCH_STREAM_INDEX=$3 DISBATCH_REPEAT_INDEX=$4
    printf -v DISBATCH_TASKID_ZP %06d "$2"
    printf -v DISBATCH_STREAM_INDEX_ZP %06d "$3"
    printf -v DISBATCH_REPEAT_INDEX_ZP %06d "$4"
    export DISBATCH_TASKID_ZP DISBATCH_STREAM_INDEX_ZP DISBATCH_REPEAT_INDEX_ZP
    unset OLDPWD
    timeout 20 /bin/bash -c -- "$5" > "../out.$1" 2>&1 < /dev/null
    echo "status $?" >> "../out.$1"
    """
}
