import TestSupport

/// Task files of many lines that differ in little, as scripts write them, under affixes that join well
/// and such that do not: a seed decides which.
struct SimilarLineGenerator {
  private var random: SplitMix
  private var commands: CommandGenerator
  private let seeds: [[UInt8]]
  /// Numbers in names are below this, so that some files are written twice.
  private var numbers = 30

  init(seed: UInt64, seeds: [[UInt8]]) {
    random = SplitMix(seed: seed)
    commands = CommandGenerator(seed: seed, seeds: seeds)
    self.seeds = seeds
  }

  /// The bytes of the next file.
  mutating func next() -> [UInt8] {
    var bytes: [UInt8] = []
    numbers = random.pick([3, 30, 100_000])
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      if !chance(3) { bytes += line("#DISBATCH PREFIX " + random.pick(Self.prefixes)) }
      if !chance(3) { bytes += line("#DISBATCH SUFFIX " + random.pick(Self.suffixes)) }
      let models = (0..<Int.random(in: 1...6, using: &random)).map { _ in command() }
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        bytes += chance(8) ? command() : varied(random.pick(models))
        bytes += chance(40) ? [0x0D] : [0x0A]
        if chance(60) { bytes += line(random.pick(Self.others)) }
      }
    }
    return bytes
  }

  private func line(_ text: String) -> [UInt8] { Array(text.utf8) + [0x0A] }

  private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

  private mutating func number() -> String { String(Int.random(in: 0..<numbers, using: &random)) }

  private mutating func command() -> [UInt8] {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return commands.next()
    case 1: return random.pick(seeds)
    default: break
    }
    var text = simple()
    while chance(3) { text += random.pick(Self.operators) + simple() }
    if chance(8) { text = "( \(text) )" }
    if chance(12) { text += random.pick([" &", ";", "\\", " #c", "5", " )", "\"", "'"]) }
    return Array(text.utf8)
  }

  private mutating func simple() -> String {
    var parts = [random.pick(Self.names)]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      parts.append(chance(2) ? random.pick(Self.words) : "w" + number())
    }
    while chance(2) {
      let redirection = random.pick(Self.redirections)
      let place = Int.random(in: 0...parts.count, using: &random)
      parts.insert(redirection.split(separator: "N").joined(separator: number()), at: place)
    }
    return parts.joined(separator: chance(6) ? "\t" : " ")
  }

  /// A line like another one: with other numbers, mostly, and sometimes with another word.
  private mutating func varied(_ line: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var isInNumber = false
    let changes = !chance(5)
    for byte in line {
      let isDigit = byte >= 0x30 && byte <= 0x39
      if isDigit, changes {
        if !isInNumber { bytes += Array(number().utf8) }
      } else {
        bytes.append(byte)
      }
      isInNumber = isDigit
    }
    guard chance(2) else { return bytes }
    var words = bytes.split(separator: 0x20, omittingEmptySubsequences: false).map { Array($0) }
    let place = Int.random(in: 0..<words.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: words[place] = Array(random.pick(Self.words).utf8)
    case 1: words[place] = Array(random.pick(Self.names).utf8)
    case 2: words.insert(Array(random.pick(Self.words).utf8), at: place)
    default: words[place] += Array(random.pick(["x", "9", "/y", "=", "\"z\"", "*", "é"]).utf8)
    }
    return Array(words.joined(separator: [0x20]))
  }

  private static let prefixes = [
    "", "( cd /data ; source env ; ", "( cd /data && ", "cd /x ; ", "python run.py ", "time ",
    "time -p ", "env ", "cd ", "set -e ; ", "set ", "for x in ", "for x ", "{ ", "[[ ", "echo \"",
    "echo \" ", "bash -c '", "coproc ", "coproc a ", "function ", "export ", "case ", "x=( ", "if ",
    "! ", "A=1 ", "> out ", "2>&1 ", "a;", "a|", "(", "a\\ ", "for x; { ", "cat > ", "grep ",
    "f() { ", "$( ", "` ", "set -o pipefail ; ", "exec ", "source ", "echo a |", "pushd x ; ",
    "cd a ; cd b ; ", "cd $X ; ", "# ", "echo $(( ", "case x in a) ", "sudo ", "module ",
    "( cd /data ; ", "cd /data && ", "x=$DISBATCH_REPEAT_INDEX ; ", "echo $1 ; ",
  ]

  private static let suffixes = [
    "", " ) &> log_${DISBATCH_TASKID}.txt", " &> log_$DISBATCH_TASKID",
    " > log_$DISBATCH_TASKID_ZP.txt", "> log", "> log_$DISBATCH_TASKID", " ; }", "; }", " | tee x",
    "|cat", "&> l_$DISBATCH_TASKID", " 2>&1", " )", ")", "\"", " \"", "'", " ]]",
    " ; do echo $x ; done", "; done", " ; fi", " # c", "#", " ; cd y ; ls > z", " >> all.log", "/x",
    " > d/$DISBATCH_ENGINE_RANK", " ; echo done", " || true", " &", "&", " < in", "<in", " `",
    " ; wait", " ; echo $1", " ; echo $PIPESTATUS", " ;; esac", " > $DISBATCH_JOBID",
  ]

  private static let operators = [
    " ; ", " && ", " || ", " | ", ";", "&&", " & ", "|", " |& ", " ;; ", " &&& ",
  ]

  private static let others = [
    "#DISBATCH BARRIER", "#DISBATCH REPEAT 3 ./r > x", "#DISBATCH REPEAT 9 start 2 ./r > x_3",
    "# disbatch: ignore[DB501,DB408]", "# disbatch: disable[DB403]", "# disbatch: enable[DB403]",
    "# disbatch: disable[DB407,DB311]", "#DISBATCH PREFIX ( cd /data ; ",
    "#DISBATCH SUFFIX  ) &> l$DISBATCH_TASKID", "# comment",
  ]

  private static let names = [
    "./run.sh", "python", "python3", "cd", "pushd", "set", "source", ".", "export", "grep", "echo",
    "tee", "module", "conda", "exec", "exit", "wait", "true", "myprog", "\"$BIN/x\"", "$CMD",
    "A=1 prog", "A=1", "time x", "if", "cat", "awk", "sed", "nohup", "shift", "getopts", "read",
    "-x", "+x", "a=b=c", "[", "[[", "declare", "sudo", "mkdir", "if1", "test", "../x/y_17", "f()",
    "!", "{", "env", "sbatch", "DISBATCH_TASKID=3 x", "~/bin/x", "a-b=c", "x+=1", "x[1]=2",
    "'q' w", "\\ls", "popd", ":", "unset", "tee -a", "tee y", "printf %d", "printf '%s %d'", "let",
    "exit 0", "conda activate", "declare -i", "kill", "head", "local", "printf",
  ]

  private static let words = [
    "a", "-x", "--opt=3", "in", "do", "esac", "5", "12", "file.txt", "/dev/null", "/data/x",
    "run_7/out", "\"a b\"", "'q r'", "'$1'", "'$DISBATCH_X'", "'${DISBATCH_X}'", "\"$x\"",
    "$DISBATCH_TASKID", "${DISBATCH_TASKID_ZP}", "$DISBATCH_ENGINE_RANK", "$DISBATCH_FOO", "*", "?",
    "[a]", "{a,b}", "~", "~/x", "a=b", "X=1", "DISBATCH_TASKID=3", "-e", "-q", "--", "-p", "]]",
    "pipefail", "errexit", "\\ x", "a\\;b", "\"a*b\"", "\"a\\\"b\"", "$1", "$@", "\"$HOME/x\"",
    "if",
    "then", "time", "{", "}", "!", "#x", "x#y", "\u{e9}", "x{1}", "7a", "$PIPESTATUS", "${x:-a}",
    "$(ls)", "$((1+DISBATCH_TASKID_ZP))", "-n", "$DISBATCH_REPEAT_INDEX", "activate", "load",
    "{DISBATCH_TASKID}", "\"{DISBATCH_TASKID}\"", "$SLURM_ARRAY_TASK_ID", "%d", "0", "./a",
    "$(DISBATCH_TASKID)", "x=DISBATCH_TASKID_ZP", "-eq", "-i", "--append",
    "$DISBATCH_CYLINDER_RANK", "\"\\$x\"", "\u{b}", "$", "\"$\"", "$'x'", "`ls`", "env.sh",
  ]

  /// N stands for a number.
  private static let redirections = [
    "> out_N.txt", "2> err_N", "&> all_N", ">> app", ">> app_N", "> \"d/o N\"", "> d_N/o", "< in_N",
    "2>&1", ">&2", "1>&2", "> /dev/null", "&>> z", ">| c_N", "> $DISBATCH_TASKID.log",
    "> d/${DISBATCH_TASKID}_N", "> fixed", "3>&-", "<<< w", "<<E", "> $HOME/N", "> 'qN'",
    "> \"a*N\"", "> x=yN", "<> rw", "> N", "5> five", ">outN", "x>yN", "> /dev/N",
    "> /dev/$DISBATCH_ENGINE_RANK", "> /d/$DISBATCH_ENGINE_RANK",
    "> ${DISBATCH_ENGINE_RANK}_$DISBATCH_STREAM_INDEX", "> $DISBATCH_JOBID/a_N", ">& bothN",
    "{fd}> x", "2>&1>xN", "> a~N", "> a\\ N", "> ./out_N.txt", ">> ./fixed", "> d//N",
    "> \"$DISBATCH_NAMETASKS.N\"", ">a>bN", "2>&N",
    "> $DISBATCH_REPEAT_INDEX/N", "> /a/N/x", ">>>x", "&>|x", "> [N]", "2 > x", "12345678901> x",
  ]
}
