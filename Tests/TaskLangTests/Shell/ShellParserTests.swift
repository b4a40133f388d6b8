import TaskLang
import TestSupport
import Testing

@Suite struct ShellParserTests {
  private func verdict(_ text: String) -> ShellVerdict {
    var parser = ShellParser()
    return parser.parse { $0 += Array(text.utf8) }
  }

  /// A tree as text: kinds, with the bytes of leaves.
  private func tree(_ text: String) -> String {
    var parser = ShellParser()
    guard parser.parse({ $0 += Array(text.utf8) }) == .accepted else { return "no tree" }
    return parser.root < 0 ? "" : picture(parser, Int(parser.root))
  }

  private func picture(_ parser: ShellParser, _ index: Int) -> String {
    let node = parser.nodes[index]
    var parts: [String] = []
    var child = node.firstChild
    while child >= 0 {
      parts.append(picture(parser, Int(child)))
      child = parser.nodes[Int(child)].nextSibling
    }
    let mark = node.mark == .none ? "" : ":\(node.mark)"
    if parts.isEmpty {
      return "\(node.kind)\(mark) `\(String(decoding: parser.text[node.range], as: UTF8.self))`"
    }
    return "\(node.kind)\(mark)(\(parts.joined(separator: ", ")))"
  }

  static let trees: [(text: String, tree: String)] = [
    ("", ""),
    ("  # nothing", ""),
    ("run -a 1", "list(pipeline(simple(word `run`, word `-a`, word `1`)))"),
    (
      "a ; b && c",
      "list(pipeline:semicolon(simple(word `a`)), pipeline:and(simple(word `b`)), "
        + "pipeline(simple(word `c`)))"
    ),
    (
      "a | b |& c",
      "list(pipeline(simple:pipe(word `a`), simple:pipeBoth(word `b`), simple(word `c`)))"
    ),
    (
      "X=1 run &> log 2>&1",
      "list(pipeline(simple(assignment `X=1`, word `run`, redirection:both(word `log`), "
        + "redirection:duplicateOutput(word `1`))))"
    ),
    (
      "( cd $d ) > ${d}_x",
      "list(pipeline(subshell(list(pipeline(simple(word `cd`, word(parameter `$d`)))), "
        + "redirection:output(word(parameter:braced `${d}`)))))"
    ),
    (
      "echo \"a$(b 'c')\" \\; $((i+1))",
      "list(pipeline(simple(word `echo`, word(doubleQuoted(commandSubstitution(list(pipeline("
        + "simple(word `b`, word(singleQuoted `'c'`))))))), word(escape `\\;`), "
        + "word(arithmetic `$((i+1))`))))"
    ),
    (
      "for i in a b; do c; done",
      "list(pipeline(forClause(word `i`, word `a`, word `b`, "
        + "list:none(pipeline:semicolon(simple(word `c`))))))"
    ),
  ]

  @Test(arguments: trees)
  func `a command has this tree`(text: String, tree expected: String) {
    #expect(tree(text) == expected.replacing(":none", with: ""))
  }

  @Test(arguments: [
    "for ((a=$b;$c;$d)); do a; done", "for ((a=$(b;c);d;)); do a; done",
    "for ((a;$((b;c));)); do a; done", "for ((;${b:-;};)); do a; done",
    "for ((a;b\\;c;)); do a; done",
  ])
  func `a semicolon that is hidden does not count in the head of a loop`(text: String) throws {
    var parser = ShellParser()
    #expect(parser.parse { $0 += Array(text.utf8) } == .accepted)
    #expect(try Program("/bin/bash", ["-n", "-c", text]).run().ending == .exited(0))
  }

  static let errors:
    [(text: String, reason: ShellSyntaxError.Reason, at: Range<Int>, opener: Range<Int>?)] = [
      ("( cd x ; run", .unexpectedEnd, 12..<12, 0..<1),
      ("echo 'a", .unclosed, 7..<7, 5..<6),
      ("echo \"a $(b", .unclosed, 11..<11, 8..<10),
      ("echo ${a", .unclosed, 8..<8, 5..<7),
      ("run )", .unexpected, 4..<5, nil),
      ("a ;; b", .unexpected, 2..<4, nil),
      ("&& a", .unexpected, 0..<2, nil),
      ("a |", .unexpectedEnd, 3..<3, nil),
      ("if a; then b", .unexpectedEnd, 12..<12, 0..<2),
      ("{ a; b } &> log", .unexpectedEnd, 15..<15, 0..<1),
      ("done", .unexpected, 0..<4, nil),
      ("[[ a b ]]", .condition, 5..<6, 0..<2),
      ("for ((i=0)); do a; done", .loopHead, 4..<11, nil),
      ("for ((a=0;$=0;$x;)); do a; done", .loopHead, 4..<19, nil),
      ("for ((i=$n;j)); do a; done", .loopHead, 4..<14, nil),
      ("for ((a;$[b;c];)); do a; done", .loopHead, 4..<17, nil),
      ("a=(b ; c)", .unexpected, 5..<6, 2..<3),
    ]

  @Test(arguments: errors)
  func `an error has a place and an opener`(
    text: String,
    reason: ShellSyntaxError.Reason,
    at range: Range<Int>,
    opener: Range<Int>?
  ) {
    #expect(
      verdict(text) == .rejected(ShellSyntaxError(reason: reason, range: range, opener: opener))
    )
  }

  @Test(arguments: [
    "(", "$(", "${", "\"$(", "$((", "((", "{ ", "[[ ( ", "if ", "a=($(", "<(",
  ])
  func `nesting without end is survived`(opener: String) {
    var text = ""
    while text.utf8.count < 100_000 { text += opener }
    #expect(verdict(text) != .accepted)
  }

  @Test func `subshells that look like arithmetic are not parsed again and again`() {
    let opened = String(repeating: "(( $( ", count: 20)
    let closed = String(repeating: " ) ) )", count: 20)
    #expect(verdict(opened + " a " + closed) == .unknown(.nesting))
  }

  @Test func `a command too long to be run is left alone`() {
    #expect(
      verdict("( " + String(repeating: "a", count: ShellParser.lengthLimit)) == .unknown(.length)
    )
  }

  @Test func `a parser is as good for the second command as for the first`() {
    var parser = ShellParser()
    for text in ["a 'b", "case x in a) (", "export a=(", "for x in", "[[ a == "] {
      _ = parser.parse { $0 += Array(text.utf8) }
      #expect(parser.parse { $0 += Array("run x=1 in }".utf8) } == .accepted)
      #expect(parser.parse { $0 += Array("esac".utf8) } != .accepted)
    }
  }

  @Test func `nodes lie within the text and within their parents`() throws {
    var generator = CommandGenerator(seed: 7, seeds: try ShellDifferentialTests.seeds())
    var parser = ShellParser()
    var accepted = 0
    for _ in 0..<3000 {
      let command = generator.next()
      guard parser.parse({ $0 += command }) == .accepted, parser.root >= 0 else { continue }
      accepted += 1
      #expect(parser.nodes[Int(parser.root)].end <= Int32(command.count))
      var queue = [parser.root]
      while let index = queue.popLast() {
        let node = parser.nodes[Int(index)]
        #expect(node.start <= node.end)
        var child = node.firstChild
        var last = node.start
        while child >= 0 {
          let inner = parser.nodes[Int(child)]
          #expect(inner.start >= last && inner.end <= node.end, "\(node.kind) \(inner.kind)")
          last = inner.end
          queue.append(child)
          child = inner.nextSibling
        }
      }
    }
    #expect(accepted > 500)
  }
}
