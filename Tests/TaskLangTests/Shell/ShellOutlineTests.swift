import TaskLang
import TestSupport
import Testing

/// Lines that are passed over because others like them were looked at.
@Suite struct ShellOutlineTests {
  /// The outline of a line, if it has one.
  private func key(
    _ line: String,
    behind prefix: String = "",
    before suffix: String = ""
  )
    -> [UInt8]?
  {
    var outline = ShellOutline()
    guard let start = outline.start(of: Array(prefix.utf8).span) else { return nil }
    let text = Array((prefix + line + suffix).utf8)
    let body = prefix.utf8.count..<(prefix + line).utf8.count
    return outline.take(body, of: text.span, from: start) ? outline.key : nil
  }

  @Test(arguments: [
    ("./sim --seed 1", "./other -x y --z=3 'q' \"r s\""),
    ("./sim 1 > out_1.txt 2>&1", "./sim  2 3 >results/out_2 2>&1"),
    ("cd run_1 && ./go > log", "cd run_2 && ./go_on > \"a b\""),
    ("python a.py | tee 1.log", "python b.py c | tee 2.log"),
    ("OMP_NUM_THREADS=4 ./x a", "OMP_NUM_THREADS=8 ./y z"),
    ("./x \"$HOME/a\" $y", "./x \"$HOME/b c\" -o=$y 7"),
    ("export N=1; ./x", "export N=22; ./y"),
    ("( ./a 1 ; ./b ) < in", "( ./c 3 4 ; ./d ) < out"),
    ("grep -q a f1 && ./x", "grep -q b 'f 2' && ./y"),
  ])
  func `lines that differ in what nobody reads have one outline`(_ one: String, _ other: String) {
    #expect(key(one) != nil)
    #expect(key(one) == key(other))
  }

  @Test(arguments: [
    ("./sim 1", "./sim"), ("./sim 1", "echo 1"), ("echo 1", "cat 1"), ("./a > b", "./a >> b"),
    ("./a > b", "./a 2> b"), ("./a 2>&1", "./a 3>&1"), ("./a ; ./b", "./a && ./b"),
    ("./a & ./b", "./a && ./b"), ("set -e", "set -u"), ("./a $x", "./a $y"), ("./a $1", "./a $2"),
    ("cd a b", "cd a"), ("cd a", "cd \"a\""), ("A=1 ./x", "B=1 ./x"), ("./a | ./b", "./a |& ./b"),
    ("./a &> b", "./a & > b"), ("module load a", "module list a"), ("grep -q a", "grep -v a"),
    ("./a $x", "./a \"$x\""), ("DISBATCH_TASKID=1 ./x", "A=1 ./x"), ("./a > $x", "./a > x"),
    ("export A=1", "export B=1"), ("./a < b", "./a <> b"), ("./a <<< b", "./a < b"),
  ])
  func `lines that differ in what is read have two`(_ one: String, _ other: String) {
    #expect(key(one) != nil && key(other) != nil)
    #expect(key(one) != key(other))
  }

  @Test(arguments: [
    "", "  ", "if a; then b; fi", "time ./a", "./a $(b)", "./a `b`", "./a $((1))", "a=(b)",
    "f() { :; }",
    "./a # b", "./a <<E", "./a <(b)", "./a 'b", "./a \"b", "./a \\", "-x", "./a ;; b", "; a",
    "a | | b",
    "{ a; }", "[ a ]", "[[ a ]]", "./a in", "./a do", "./a > b*", "./a > 'b'", "./a > ~/b",
    "./a {fd}> b", "./a >& b", "(a) b", "a (b)", "x[1]=2", "./a '$DISBATCH_TASKID'", "./a ${x:-y}",
    "./a \u{1}", "! a", "./a 5>", "./a > #b",
  ])
  func `what could be anything else has none`(_ line: String) {
    #expect(key(line) == nil)
  }

  @Test(arguments: [
    ("./x ", "-a 1 -b 2", "--c 3", ""), ("./x ", "in/1.dat > \"o1", "in/2 > \"o 2", "\""),
    ("python run.py --seed=", "1 -x", "22 -y", " > log"),
    ("bash -c \"cd d; ", "./a 1", "./b 2", "\""),
    ("cd run_", "1 && ./x", "2 && ./y", ""), ("./x > out_", "1", "23", ".txt 2>&1"),
    ("./x a", "1", "2", "b > log"), ("./x 'a ", "b", "c d", " e' > log"),
    ("source env.sh; ./x ", "a", "b", "& wait"), ("./x >", " o1", " o2", ""),
    ("A=", "1 ./x", "2 ./y", ""), ("./x <", "in1", "in2", ""), ("./x \\ ", "a", "b", ""),
  ])
  func `lines that go on where PREFIX ends, and end within SUFFIX, have one outline`(
    _ prefix: String,
    _ one: String,
    _ other: String,
    _ suffix: String
  ) {
    let first = key(one, behind: prefix, before: suffix)
    #expect(first != nil)
    #expect(first == key(other, behind: prefix, before: suffix))
  }

  @Test(arguments: [
    ("./x ", "a > b", "a b", ""), ("./x a", "b", " b", ""), ("./x ", "a", "a ", "b"),
    ("./x sample", "7.txt", "b.txt", ""), ("./x run.py", "-a", "a", ""), ("./x ", "a", "1", ".txt"),
    ("./x \"", "a", "a\" b \"", "\""), ("cd ", "a", "a b", ""), ("set ", "-e", "-u", ""),
    ("./x $", "a", "b", ""), ("./x &", "> a", "& a", ""),
  ])
  func `lines that go on in another way have two`(
    _ prefix: String,
    _ one: String,
    _ other: String,
    _ suffix: String
  ) {
    let first = key(one, behind: prefix, before: suffix)
    #expect(first != nil || key(other, behind: prefix, before: suffix) != nil)
    #expect(first != key(other, behind: prefix, before: suffix))
  }

  @Test func `a number in front of the redirection of SUFFIX has none`() {
    #expect(key("./a 5", before: "> x") == nil)
    #expect(key("./a 5", before: " > x") != nil)
    #expect(key("./a x5", before: "> x") != nil)
    #expect(key("./a 5", before: ") > x") != nil)
  }

  @Test(arguments: [
    LintOptions(checksShell: true, obeysComments: true), Self.pedantic,
    LintOptions(ownLimit: 2, checksShell: true, obeysComments: true),
  ])
  func `what is found does not depend on whether lines are passed over`(
    _ options: LintOptions
  ) throws {
    let seeds = try ShellDifferentialTests.seeds()
    // The folders that DB507 asks for may be made by any line, so it passes none over.
    var options = options
    options.enabled.remove(.logDirectoryMissing)
    let first: UInt64 = options.enabled.isEmpty ? UInt64(options.ownLimit) : 1_000_001
    for seed in first..<first + (TestMode.isLong ? 4000 : 200) {
      var generator = SimilarLineGenerator(seed: seed, seeds: seeds)
      let source = generator.next()
      let fast = Checked(source, options)
      let slow = Checked(source, options, remembersOutlines: false)
      try #require(fast.diagnostics == slow.diagnostics, "seed \(seed)")
      try #require(fast.omitted == slow.omitted, "seed \(seed)")
    }
  }

  @Test(arguments: ShellFixtureTests.fixtures + ShellFixtureTests.clean)
  func `nor does it in a fixture, with every number changed in turn`(
    _ fixture: ShellFixture
  ) throws {
    var source: [UInt8] = []
    for digit in UInt8(0x30)...0x39 {
      source += fixture.source.map { $0 == 0x37 ? digit : $0 } + [0x0A]
    }
    let slow = Checked(source, Self.pedantic, remembersOutlines: false)
    #expect(Checked(source, Self.pedantic).diagnostics == slow.diagnostics)
  }

  /// A PREFIX, lines that differ in their number N, and a SUFFIX.
  static let shapes = [
    ("./x ", "-a N -b 2", ""), ("./x ", "--alpha N --beta 'value 7' --input /data/x_N.h5", ""),
    (
      "source env.sh; python -u run.py ", "--seed=N --name 'run N'",
      " > out/${DISBATCH_TASKID}.txt 2>&1"
    ),
    ("module load gcc && srun -n1 ./x ", "in/N.dat > out/N.dat", ""),
    ("", "./x --alpha N --beta 'value 7' > out/N.txt 2>&1", ""),
    ("bash -c 'cd $D; ./x ", "-a N", "'"),
    ("bash -c \"cd $D; ./x ", "-a N", " > o$DISBATCH_TASKID\""),
    ("./x --seed=", "N", ""), ("./x > out_", "N", ".txt"), ("cd run_", "N && ./x", " > log"),
    ("time ./x ", "-a N", " &> log_$DISBATCH_TASKID"),
    ("{ ./x ", "-a N", "; } 2> e_$DISBATCH_TASKID"),
    ("if cd $(pwd); then ./x ", "-a N > oN", "; fi"), ("A=1 ./x ", "'a' \"b\" N", " | cat"),
    ("for i in 1 2; do ./x ", "-a N $i", "; done"), ("[ -d o ] || mkdir o; ./x ", "-N", ""),
  ]

  @Test(arguments: shapes)
  func `lines are passed over wherever PREFIX and SUFFIX part them`(
    _ prefix: String,
    _ line: String,
    _ suffix: String
  ) {
    var source = "#DISBATCH PREFIX \(prefix)\n#DISBATCH SUFFIX \(suffix)\n"
    for number in 1...200 {
      source +=
        line.split(separator: "N", omittingEmptySubsequences: false)
        .joined(separator: String(number)) + "\n"
    }
    let options = LintOptions(checksShell: true, obeysComments: true)
    let fast = Checked(Array(source.utf8), options)
    let slow = Checked(Array(source.utf8), options, remembersOutlines: false)
    #expect(fast.diagnostics == slow.diagnostics)
    #expect(fast.passedOver >= 190)
    #expect(slow.passedOver == 0)
  }

  @Test func `REPEATs are passed over too`() {
    var source = "#DISBATCH PREFIX ./x \n"
    for number in 1...200 {
      source += "#DISBATCH REPEAT 3 start \(number) -a $DISBATCH_REPEAT_INDEX \(number)\n"
    }
    let options = LintOptions(checksShell: true, obeysComments: true)
    let fast = Checked(Array(source.utf8), options)
    let slow = Checked(Array(source.utf8), options, remembersOutlines: false)
    #expect(fast.diagnostics == slow.diagnostics)
    #expect(fast.passedOver >= 190)
  }

  /// Commands that are split at every byte.
  private static let whole =
    shapes.map { $0.0 + $0.1 + $0.2 } + [
      "./x sample7.txt -a \"b 7 $c\" 2> e7>o7 5>&1", "cd d7 && ./run.py--n 7 >> log 2>&1 & wait",
      "bash -c 'echo ${DISBATCH_TASKID} 7' && grep -q 'a 7' f || exit 7 # c 7",
      "a=7; echo \\'7' ~/7 {7,8} *7",
      "./x <<< \"7\" 2>err7 | tee log7; export A=7 B",
      "x=$(./p 7 2>&1 > o) ; echo $x 7 `ls 7` $((7+1))",
    ]

  @Test(arguments: whole)
  func `what is found does not depend on it, wherever PREFIX and SUFFIX part a command`(
    _ command: String
  ) throws {
    let bytes = Array(command.utf8).map { $0 == UInt8(ascii: "N") ? UInt8(ascii: "7") : $0 }
    var random = SplitMix(seed: 7)
    for start in 0...bytes.count {
      for _ in 0..<(TestMode.isLong ? 20 : 2) {
        let end = Int.random(in: start...bytes.count, using: &random)
        let source = Self.split(bytes, start, end, &random)
        let slow = Checked(source, Self.pedanticOutlines, remembersOutlines: false)
        let fast = Checked(source, Self.pedanticOutlines)
        try #require(
          fast.diagnostics == slow.diagnostics,
          "\(String(decoding: source, as: UTF8.self))"
        )
      }
    }
  }

  /// A file of lines that are a part of a command, each a little different.
  private static func split(
    _ bytes: [UInt8],
    _ start: Int,
    _ end: Int,
    _ random: inout SplitMix
  ) -> [UInt8] {
    var source = Array("#DISBATCH PREFIX ".utf8) + bytes[..<start] + [0x0A]
    source += Array("#DISBATCH SUFFIX ".utf8) + bytes[end...] + [0x0A]
    for _ in 0..<8 {
      var line = bytes[start..<end].map { byte in
        byte >= 0x30 && byte <= 0x39 ? UInt8.random(in: 0x30...0x39, using: &random) : byte
      }
      if Bool.random(using: &random), !line.isEmpty {
        let place = Int.random(in: 0...line.count, using: &random)
        line.insert(
          contentsOf: random.pick(["x", " ", "'", "\"", "7", "-", ".", "/", "$x", ";"]).utf8,
          at: place
        )
      }
      source += line + [0x0A]
    }
    return source
  }

  private static let pedanticOutlines = LintOptions(
    enabled: Set(DiagnosticCode.allCases.filter(\.isOptIn)).subtracting([.logDirectoryMissing]),
    checksShell: true,
    obeysComments: true
  )

  private static let pedantic = LintOptions(
    enabled: Set(DiagnosticCode.allCases.filter(\.isOptIn)),
    checksShell: true,
    obeysComments: true
  )
}
