import TaskLang
import Testing

@Suite struct SyntaxTreeTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `nodes tile the file and tokens tile the nodes`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    var position = 0
    for node in SyntaxTree(source).nodes {
      #expect(node.range.lowerBound == position)
      for token in node.tokens {
        #expect(token.range.lowerBound == position)
        #expect(!token.range.isEmpty)
        position = token.range.upperBound
      }
      #expect(node.range.upperBound == position)
    }
    #expect(position == source.count)
  }

  @Test func `a carriage return parts statements, not lines`() {
    let source = Array("a\rb\r\n#DISBATCH BARRIER CHECK done\n".utf8)
    let expected = """
      1 (task)
        text "a"
        lineEnd "\\r"
      1 (task)
        text "b"
        lineEnd "\\r\\n"
      2 (barrier)
        marker "#DISBATCH"
        blanks " "
        keyword "BARRIER"
        blanks " "
        keyword "CHECK"
        blanks " "
        text "done"
        lineEnd "\\n"

      """
    #expect(TreeDump.text(SyntaxTree(source), of: source) == expected)
  }

  @Test(
    arguments: [
      ("#DISBATCH REPEAT 2 start 5 step 3 run", "5", "3", "run"),
      ("#DISBATCH REPEAT 2 start 5x", nil, nil, "start 5x"),
      ("#DISBATCH REPEAT 2 step 2 start 5 x", nil, "2", "start 5 x"),
      ("#DISBATCH REPEAT 2\tstart\u{B}5 x", "5", nil, "x"),
      ("#DISBATCH REPEAT 2 start 5 step 3x", "5", nil, "step 3x"),
      ("#DISBATCH REPEAT 2  ", nil, nil, " "),
      ("#DISBATCH REPEAT 2 ", nil, nil, nil),
      ("#DISBATCH REPEAT 2\t", nil, nil, nil),
    ] as [(String, String?, String?, String?)]
  )
  func `REPEAT's clauses count only if the rest can be read`(
    text: String,
    start: String?,
    step: String?,
    command: String?
  ) throws {
    let source = Array(text.utf8)
    let node = try #require(SyntaxTree(source).nodes.first)
    guard case .directive(.repeatTasks(let item)) = node.statement else {
      Issue.record("\(text) is \(node.statement)")
      return
    }
    func string(_ range: Range<Int>?) -> String? {
      range.map { String(decoding: source[$0], as: UTF8.self) }
    }
    #expect(string(item.start?.number.range) == start)
    #expect(string(item.step?.number.range) == step)
    #expect(string(item.command) == command)
  }

  @Test(arguments: [
    "#DISBATCH REPEAT 2\tcmd", "#DISBATCH REPEAT 3x", "#DISBATCH REPEAT -1 x", "#DISBATCH REPEAT",
    "#DISBATCH barrier", "#DISBATCH  BARRIER", "#DISBATCH PREFIX", "#DISBATCH SUFFIX\tx",
    "#DISBATCH PERENGINE START", "#DISBATCH PERENGINE BEGIN x", "#DISBATCH ",
  ])
  func `what is nearly a directive is an unknown one`(text: String) throws {
    let node = try #require(SyntaxTree(Array(text.utf8)).nodes.first)
    #expect(node.statement == .unknownDirective)
  }

  @Test(arguments: ["#DISBATCH", "#DISBATCHED x", "#DISBATCH\tPREFIX x", "#DISBATCH: x"])
  func `a marker without its space is a task`(text: String) throws {
    let node = try #require(SyntaxTree(Array(text.utf8)).nodes.first)
    #expect(node.statement == .task)
  }
}
