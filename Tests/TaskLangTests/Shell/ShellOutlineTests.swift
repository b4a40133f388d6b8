import TaskLang
import TestSupport
import Testing

/// Lines that are passed over because others like them were looked at.
@Suite struct ShellOutlineTests {
  /// The outline of a line, if it has one.
  private func key(_ line: String, before edge: ShellOutline.Edge = .blank) -> [UInt8]? {
    var outline = ShellOutline()
    let bytes = Array(line.utf8)
    return outline.take(0..<bytes.count, of: bytes.span, before: edge) ? outline.key : nil
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

  @Test func `what SUFFIX begins with decides where the line ends`() {
    #expect(key("./a 5", before: .other) != nil)
    #expect(key("./a 5", before: .angle) == nil)
    #expect(key("./a x5", before: .angle) != nil)
    #expect(key("./a &", before: .other) == nil)
    #expect(key("./a ", before: .angle) == nil)
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

  private static let pedantic = LintOptions(
    enabled: Set(DiagnosticCode.allCases.filter(\.isOptIn)),
    checksShell: true,
    obeysComments: true
  )
}
