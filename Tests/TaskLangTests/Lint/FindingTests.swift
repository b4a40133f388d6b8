import TaskLang
import Testing

/// What is found, and what is not, in short inputs: one row for each member of a kind.
@Suite struct FindingTests {
  private func found(_ text: String) -> [String] {
    let options = LintOptions(
      allowed: [.outputNotCaptured, .stderrNotCaptured],
      checksShell: true,
      obeysComments: true
    )
    return Checked(Array(text.utf8), options).diagnostics.map {
      "\($0.code.rawValue) \($0.severity.rawValue) \($0.primary.span.start.line)"
    }
  }

  static let barriers: [(String, [String])] = [
    ("BARRIERCHECK", ["DB109 error 2"]), ("BARRIERcheck", ["DB109 error 2"]),
    ("BARRIER-CHECK", ["DB109 error 2"]), ("BARRIER_CHECK", ["DB109 error 2"]),
    ("BARRIER: CHECK", ["DB109 error 2"]), ("BARRIERS CHECK", ["DB109 error 2"]),
    ("BARRIER=CHECK stage", ["DB109 error 2"]), ("BARRIER_CHECK_1", ["DB118 error 2"]),
    ("BARRIERstage", ["DB118 error 2"]), ("BARRIER:stage", ["DB118 error 2"]),
    ("BARRIER(1)", ["DB118 error 2"]), ("BARRIER\tstage", ["DB118 error 2"]),
    ("BARRIER CHECKstage", ["DB118 error 2"]), ("BARRIERX", ["DB118 error 2"]),
    ("BARRIERS", ["DB110 warning 2"]), ("BARRIER:", ["DB110 warning 2"]),
    ("BARRIER CHECKED", ["DB110 warning 2"]), ("BARRIER;", ["DB110 warning 2"]),
    ("BARRIER stage", []), ("BARRIER CHECK stage", []),
  ]

  @Test(arguments: barriers)
  func `what is glued to a barrier is an error where it says something`(
    directive: String,
    expected: [String]
  ) {
    let text = "./a 1 > o1\n#DISBATCH \(directive)\n./a 2 > o2\n"
    #expect(found(text) == expected)
    let fixes = Checked(Array(text.utf8)).diagnostics.flatMap(\.fixes)
    let isError = expected.contains { $0.contains("error") }
    #expect(!isError || fixes.allSatisfy { $0.applicability == .unsafe })
  }

  static let clauses: [(String, [String])] = [
    ("strat 1 ./p", ["DB113 error 1"]), ("stpe 2 ./p", ["DB113 error 1"]),
    ("from 1 ./p", ["DB113 error 1"]), ("start 1 by 2 ./p", ["DB113 error 1"]),
    ("start:1 ./p", ["DB113 error 1"]), ("Start=1 ./p", ["DB113 error 1"]),
    ("steps 3 ./p", ["DB113 error 1"]),
    ("stat 1 ./p", []), ("./strat 1", []), ("strat one ./p", []), ("stop 1 ./p", []),
  ]

  @Test(arguments: clauses)
  func `clauses of a REPEAT are known though they are misspelt`(
    clause: String,
    expected: [String]
  ) {
    #expect(found("#DISBATCH REPEAT 3 \(clause) $DISBATCH_TASKID > $DISBATCH_TASKID\n") == expected)
  }

  static let lines: [(String, [String])] = [
    // Quotes within backquotes.
    ("echo `awk '{print $1}' f` > o", []), ("x=`sed 's/$DISBATCH_TASKID_x//' f` ; ./p $x > o", []),
    ("./p \"`cut -d'$1' f`\" > o", []), ("./p `basename \"$1\"` > o", ["DB311 warning 1"]),
    // Redirections that are captured.
    ("x=$(./p 2>&1 > /dev/null) ; ./q $x > o", []), ("{ ./p 2>&1 > o ; } | sort > e", []),
    ("( ./p 2>&1 > o ) | sort > e", []), ("./q <(./p 2>&1 > o) > e", []),
    ("for i in 1 2; do ./p $i 2>&1 > o_$i; done | sort > e", []),
    ("{ ./p 2>&1 > o ; } > e", []), ("exec > e ; ./p 2>&1 > o", []),
    ("{ ./p 2>&1 > o ; }", ["DB406 warning 1"]), ("( cd d && ./p 2>&1 > o )", ["DB406 warning 1"]),
    // Statuses.
    ("./m | head -1 > o", ["DB404 info 1"]), ("./m | grep x > o", ["DB404 info 1"]),
    ("./m | tail -1 > o", ["DB404 warning 1"]), ("./m 2>&1 | cat > o", ["DB404 warning 1"]),
    ("mapfile -t a < f ; echo ${a[0]} > o", []), ("readarray -t a < f ; printf %s ${a[0]} > o", []),
    ("f=$(basename x) ; date > o", []), ("mktemp > o ; echo done", []),
    ("./p > o ; exit 0", ["DB404 info 1"]), ("./p > o || exit 0", ["DB404 info 1"]),
    ("./p > o ; exit", []), ("./p > o || exit 1", []),
    ("./p > o || echo failed", ["DB404 warning 1"]),
    ("./p > o && echo yes || echo no", ["DB404 warning 1"]),
    ("./p > o || printf 'failed\\n'", ["DB404 warning 1"]),
    ("./p > o || { echo failed ; exit 1 ; }", []), ("./p > o || logger no", ["DB404 warning 1"]),
    // The background.
    ("for i in 1 2 3; do ./p $i > $i & done", ["DB402 warning 1"]),
    ("( ./p > o & )", ["DB402 warning 1"]), ("{ ./p > o & }", ["DB402 warning 1"]),
    ("while read x; do ./p $x > o_$x & done < list", ["DB402 warning 1"]),
    ("for i in 1 2; do ./p $i > $i & done ; wait", []),
    ("./s > o & pid=$! ; ./c ; kill $pid", []), ("./s > o & ./c", ["DB402 info 1"]),
    ("./a > o & ./b > p &", ["DB402 warning 1"]), ("./p > o && ( ./q & )", ["DB402 warning 1"]),
    // Work that looks like settings.
    ("out=$(./collect > s.txt)", []), ("export A=`./p > o`", []), ("X=1 > made.txt", []),
    ("declare -a b=( <(./p) )", []), ("out=1", ["DB409 warning 1"]),
    // What all that follows rests on.
    ("cd d ; ./p > o", ["DB403 info 1"]),
    ("source ~/.bashrc ; conda activate x ; python r.py > o", ["DB412 info 1"]),
    ("module load gcc ; ./p > o", ["DB412 info 1"]),
    ("ml gcc openmpi ; ./p > o", ["DB412 info 1"]), ("ml purge ; ./p > o", []),
    (". v/bin/activate ; ./p > o", ["DB412 info 1"]),
    ("conda activate x || exit ; ./p > o", []), ("set -e ; conda activate x ; ./p > o", []),
    // Padded numbers.
    ("[[ $DISBATCH_TASKID_ZP -eq 8 ]] && ./p > o", ["DB604 error 1"]),
    ("[[ 3 -lt ${DISBATCH_STREAM_INDEX_ZP} ]] && ./p > o", ["DB604 error 1"]),
    ("printf '%d\\n' $DISBATCH_TASKID_ZP > o", ["DB604 error 1"]),
    ("printf '%s %05d' a \"${DISBATCH_TASKID_ZP}\" > o", ["DB604 error 1"]),
    ("let x=DISBATCH_TASKID_ZP+1 ; ./p $x > o", ["DB604 error 1"]),
    ("let \"x = $DISBATCH_TASKID_ZP + 1\" ; ./p $x > o", ["DB604 error 1"]),
    ("declare -i n=$DISBATCH_TASKID_ZP ; ./p $n > o", ["DB604 error 1"]),
    ("a=(1 2) ; ./p ${a[$DISBATCH_TASKID_ZP]} > o", ["DB604 error 1"]),
    ("s=abc ; ./p ${s:DISBATCH_TASKID_ZP:1} > o", ["DB604 error 1"]),
    ("[[ $DISBATCH_TASKID_ZP == 000008 ]] && ./p > o", []),
    ("[ $DISBATCH_TASKID_ZP -eq 8 ] && ./p > o", []),
    ("printf '%s\\n' $DISBATCH_TASKID_ZP > o", []),
    ("printf '%s %d' $DISBATCH_TASKID_ZP 5 > o", []),
    ("./p $((10#$DISBATCH_TASKID_ZP + 1)) > o", []),
    // Names of other tools.
    ("./p {DISBATCH_TASKID} > o", ["DB608 warning 1"]),
    ("./p \"x{DISBATCH_REPEAT_INDEX}\" > o", ["DB608 warning 1"]),
    ("./p $(DISBATCH_TASKID) > o", ["DB608 warning 1"]),
    ("./p $SLURM_ARRAY_TASK_ID > o", ["DB608 warning 1"]),
    ("./p ${PBS_ARRAY_INDEX} > o", ["DB608 warning 1"]),
    ("./p $SGE_TASK_ID > o", ["DB608 warning 1"]),
    ("./p '{DISBATCH_TASKID}' > o", []), ("./p {a,b} > o", []),
    ("./p ${SLURM_ARRAY_TASK_ID:-1} > o", []), ("./p $SLURM_JOB_ID > o", []),
    // Reserved words that became arguments.
    ("for i in 1 2; do echo $i done", ["DB301 error 1"]),
    ("if ./t; then ./p fi", ["DB301 error 1"]),
    ("while ./t do ./p; done", ["DB301 error 1"]), ("for i in 1 2 do ./p; done", ["DB301 error 1"]),
    ("for i in 1 2; do", ["DB306 error 1"]),
  ]

  @Test(arguments: lines)
  func `a line has these findings`(line: String, expected: [String]) {
    #expect(found("\(line)\n") == expected)
  }

  static let joins: [(prefix: String, line: String, suffix: String, expected: [String])] = [
    ("python run.py", "a1 3", "", ["DB302 warning 1"]),
    ("bash run.sh", "7", "", ["DB302 warning 1"]),
    ("./x --input", "f.txt", "", ["DB302 warning 1"]), ("./x", "a 1", "", ["DB302 warning 1"]),
    ("srun ./sim", "a1 3", "", ["DB302 info 1"]), ("./x", "-v", "", ["DB302 warning 1"]),
    ("Rscript fit.R", "data/x.csv", "", ["DB302 warning 1"]),
    ("srun ./sim", "7 3", "", ["DB302 info 1"]), ("srun ./sim", "'a b'", "", ["DB302 info 1"]),
    ("./x --seed=", "7", "", []), ("sh data_", "7.sh", "", []), ("cat sample", "7.txt", "", []),
    ("./x 'a", "b'", "", []), ("./x \"in ", "b\"", "", []), ("./x -n", "5", "", []),
    ("", "./p a", "2> e", ["DB303 error 2"]), ("", "./p 3", "2> e", ["DB303 error 2"]),
    ("", "./p a", "1>> e", ["DB303 error 2"]), ("", "./p 3", "> e", ["DB303 error 3"]),
    ("", "./p 'x y'", "2> e", ["DB303 error 2"]),
    ("", "./p a", "> e", []), ("", "./p a", " 2> e", []), ("", "./p a ", "2> e", []),
    ("", "./p a;", "2> e", []),
  ]

  @Test(arguments: joins.indices)
  func `where PREFIX, line and SUFFIX meet there are these findings`(index: Int) {
    let (prefix, line, suffix, expected) = Self.joins[index]
    let text = "#DISBATCH PREFIX \(prefix)\n#DISBATCH SUFFIX \(suffix)\n\(line)\n"
    #expect(found(text) == expected, "\(text)")
  }

  static let files: [(String, [String])] = [
    ("./a > ./log\n./b > log\n", ["DB501 warning 2"]),
    ("./a > d//log\n./b > d/./log\n", ["DB501 warning 2"]),
    ("./a > log\n./b >> log\n", ["DB501 warning 2"]),
    ("./a >> log\n./b > log\n", ["DB501 warning 2"]),
    ("./a > log\nset -o pipefail ; ./b | tee log\n", ["DB501 warning 2"]),
    ("set -o pipefail ; ./a | tee -a log\n./b > log\n", ["DB501 warning 2"]),
    ("set -o pipefail ; ./a | tee x y\nset -o pipefail ; ./b | tee ./y\n", ["DB501 warning 2"]),
    ("./a > ../log\n./b > log\n", []), ("./a >> log\n./b >> log\n", []),
    ("./a > .log\n./b > log\n", []), ("./a > log ; ./a >> log\n", []),
    ("./a > /log\n./b > log\n", []), ("./a > log.\n./b > log\n", []),
    ("./a > log\n#DISBATCH BARRIER\n./b >> log\n", []),
    ("set -o pipefail ; ./a | tee -a log\nset -o pipefail ; ./b | tee -a log\n", []),
  ]

  @Test(arguments: files)
  func `files are the same under all their spellings`(text: String, expected: [String]) {
    #expect(found(text) == expected)
  }

  static let wholes: [(String, [String])] = [
    ("#PBS -l nodes=1\n./p > o\n", ["DB117 warning 1"]),
    ("#BSUB -n 4\n./p > o\n", ["DB117 warning 1"]), ("#SWARM -g 4\n./p > o\n", ["DB117 warning 1"]),
    ("#$ -cwd\n./p > o\n", ["DB117 warning 1"]), ("#PBS is what we used\n./p > o\n", []),
    ("#$HOME\n./p > o\n", []),
    ("#DISBATCH PERNODE START ./in\n./p > o\n", ["DB101 error 1"]),
    ("#DISBATCH PERNODE STOP ./out\n./p > o\n", ["DB101 error 1"]),
    ("#DISBATCH REPEAT ./p\n", ["DB114 error 1"]),
    ("#disbatch REPEAT 3 ./p\n", ["DB102 warning 1"]),
    ("#DISBATCH REPEAT 0 ./p\n", ["DB203 warning 1"]),
    ("#DISBATCH PREFIX ./p \n#DISBATCH SUFFIX  > o\n", ["DB215 warning 1"]),
    ("#DISBATCH PREFIX ./p \n", ["DB215 warning 1"]),
    ("./p > o\n#DISBATCH PREFIX ./q \n", ["DB212 warning 2"]),
    ("#DISBATCH REPEAT 3 ./p --seed $RANDOM > o_$DISBATCH_JOBID$RANDOM\n", []),
    ("#DISBATCH REPEAT 3 ./p > $(mktemp)\n", []), ("#DISBATCH REPEAT 3 ./p $$ > o$$\n", []),
    ("#DISBATCH REPEAT 3 ./p > /dev/null\n", ["DB205 warning 1"]),
  ]

  @Test(arguments: wholes)
  func `an input has these findings`(text: String, expected: [String]) {
    #expect(found(text) == expected)
  }

  static let invisibles: [(String, String?)] = [
    ("./p\u{200C}a", "U+200C"), ("./p \u{200E}a", "U+200E"), ("./p\u{202A}a", "U+202A"),
    ("./p\u{202E}a", "U+202E"), ("./p\u{2066}a", "U+2066"), ("./p\u{61C}a", "U+061C"),
    ("./p a\u{FE0F}", "U+FE0F"), ("./p\u{34F}a", "U+034F"), ("./p\u{3164}a", "U+3164"),
    ("./p\u{E0041}a", "U+E0041"), ("./p\u{FFF9}a", "U+FFF9"), ("./p\u{AD}a", "U+00AD"),
    ("./p\u{200B}\u{200B}\u{2060} a", "3 characters"), ("./p\u{80}a", "U+0080"),
    ("./p می\u{200C}خواهم", nil), ("./p 👩\u{200D}🔬", nil), ("./p ❤\u{FE0F}", nil),
    ("./p '\u{200B}'", nil), ("./p é", nil),
  ]

  @Test(arguments: invisibles)
  func `characters that cannot be seen are found, but not within words of other scripts`(
    line: String,
    expected: String?
  ) {
    let found = Checked(Array("\(line) > o\n".utf8)).diagnostics.filter {
      $0.code == .invisibleSpace
    }
    #expect(found.count == (expected == nil ? 0 : 1))
    if let expected { #expect(found.first?.message.contains(expected) == true, "\(found)") }
  }

  @Test func `each line has a finding of its own, up to a limit behind which they are counted`() {
    let lines = (1...50).map { "./p\($0) | tee a\($0)\n" }.joined()
    var options = LintOptions(checksShell: true)
    #expect(
      Checked(Array(lines.utf8), options).diagnostics.map(\.primary.span.start.line)
        == Array(1...50)
    )
    options.ownLimit = 20
    let checked = Checked(Array(lines.utf8), options)
    let found = checked.diagnostics
    #expect(found.count == 20)
    #expect(checked.omitted == [.statusMasked: 30])
    #expect(
      found.last?.notes.last
        == "and 30 more tasks with such a finding; from here on they are only counted"
    )
  }

  @Test(arguments: [
    ("./p `x", "unclosed '`' in the command that bash will receive", "`"),
    ("echo (a)", "`(` cannot stand here in the command that bash will receive", "("),
    ("echo x ( a b )", "`(` cannot stand here in the command that bash will receive", "("),
    ("for i in 1 2; do echo $i done", "a `;` is missing in front of `done`", "done"),
    ("if ./t then ./p; fi", "a `;` is missing in front of `then`", "then"),
  ])
  func `a message says what is wrong, at its place`(
    line: String,
    message: String,
    place: String
  ) throws {
    let finding = try #require(
      Checked(Array("\(line)\n".utf8), LintOptions(checksShell: true)).diagnostics.first {
        $0.severity == .error
      }
    )
    #expect(finding.message == message)
    let span = finding.primary.span
    let text = Array(line.utf8)[span.start.offset..<span.end.offset]
    #expect(String(decoding: text, as: UTF8.self) == place)
  }
}
