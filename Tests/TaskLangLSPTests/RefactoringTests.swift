import TaskLang
import TaskLangLSP
import Testing

@Suite struct RefactoringTests {
  /// The texts that the refactorings of some lines lead to.
  private static func results(_ text: String, _ lines: ClosedRange<Int>) throws -> [String] {
    var client = try TestClient(open: text)
    let actions = try client.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .text(TestClient.uri)],
        "range": TestClient.range((lines.lowerBound, 0), (lines.upperBound, 1)),
        "context": ["diagnostics": [], "only": ["refactor"]],
      ]
    )
    return try actions.array.map { action in
      let edit = action["edit"]["documentChanges"][0]["edits"][0]
      let buffer = TextBuffer(Array(text.utf8))
      let place = try ["start", "end"].map { name in
        let position = edit["range"][name]
        return buffer.offset(
          of: LSPPosition(
            line: try #require(position["line"].number),
            character: try #require(position["character"].number)
          ),
          in: .utf8
        )
      }
      var bytes = Array(text.utf8)
      bytes.replaceSubrange(place[0]..<place[1], with: Array((edit["newText"].text ?? "").utf8))
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The commands of a text with the index put in, as the shell would, in order of their ids.
  private static func commands(_ text: String) -> [String] {
    var commands: [String] = []
    var feed = TaskFeed(checks: false)
    feed.append(Array(text.utf8).span)
    feed.end()
    while let step = feed.next() {
      let command = String(decoding: step.command, as: UTF8.self)
      switch step.kind {
      case .task:
        // What `expand --inline` gives a program that looks at its environment.
        let words = command.split(separator: " ", maxSplits: 4)
        let isExport = words.count == 5 && words[0] == "export" && words[3] == ";"
        commands.append(isExport ? String(words[4]) : command)
      case .repeated(let indexes):
        for place in 0..<indexes.count {
          let index = "\(indexes[place])"
          let parts = command.split(
            separator: "${DISBATCH_REPEAT_INDEX}",
            omittingEmptySubsequences: false
          )
          let id = "\(commands.count)"
          let joined = parts.joined(separator: index)
            .split(separator: "${DISBATCH_TASKID}", omittingEmptySubsequences: false)
            .joined(separator: id)
          commands.append(
            joined.split(separator: "$DISBATCH_REPEAT_INDEX", omittingEmptySubsequences: false)
              .joined(separator: index)
          )
        }
      case .barrier, .perEngine: commands.append("-")
      }
    }
    return commands
  }

  @Test(
    arguments: [
      (
        "run -a 1\nrun -a 20\nlast\n", 0...1,
        "#DISBATCH PREFIX run -a \n1\n20\n#DISBATCH PREFIX \nlast\n"
      ),
      ("run -a x\nrun -a y", 0...1, "#DISBATCH PREFIX run -a \nx\ny"),
      (
        "#DISBATCH PREFIX p \nrun x\nrun y\nz\n", 1...2,
        "#DISBATCH PREFIX p \n#DISBATCH PREFIX p run \nx\ny\n#DISBATCH PREFIX p \nz\n"
      ),
      (
        "run -a 5 b\nrun -a 7 b\nrun -a 9 b\n", 0...2,
        "#DISBATCH REPEAT 3 start 5 step 2 run -a ${DISBATCH_REPEAT_INDEX} b\n"
      ),
      ("run f0.txt\nrun f1.txt\n", 0...1, "#DISBATCH REPEAT 2 run f${DISBATCH_REPEAT_INDEX}.txt\n"),
      (
        "#DISBATCH REPEAT 2 start 3 step 4 run $DISBATCH_REPEAT_INDEX x\n", 0...0,
        "export DISBATCH_REPEAT_INDEX=3 DISBATCH_REPEAT_INDEX_ZP=000003 ; run 3 x\n"
          + "export DISBATCH_REPEAT_INDEX=7 DISBATCH_REPEAT_INDEX_ZP=000007 ; run 7 x\n"
      ),
      (
        "#DISBATCH REPEAT 2 echo $DISBATCH_REPEAT_INDEX > ${DISBATCH_TASKID}\n", 0...0,
        "echo 0 > 0\necho 1 > 1\n"
      ),
      (
        "#DISBATCH PREFIX ./p \n#DISBATCH REPEAT 2 -a $DISBATCH_REPEAT_INDEX\n", 1...1,
        "#DISBATCH PREFIX ./p \n#DISBATCH REPEAT 1 start 0 step 1 -a $DISBATCH_REPEAT_INDEX\n"
          + "#DISBATCH REPEAT 1 start 1 step 1 -a $DISBATCH_REPEAT_INDEX\n"
      ),
      (
        "#DISBATCH SUFFIX  > o$DISBATCH_REPEAT_INDEX\n#DISBATCH REPEAT 1 start 5 echo a\n", 1...1,
        "#DISBATCH SUFFIX  > o$DISBATCH_REPEAT_INDEX\n#DISBATCH REPEAT 1 start 5 step 1 echo a\n"
      ),
      (
        "#DISBATCH PREFIX ./p $DISBATCH_REPEAT_INDEX\n#DISBATCH REPEAT 2\n", 1...1,
        "#DISBATCH PREFIX ./p $DISBATCH_REPEAT_INDEX\n#DISBATCH REPEAT 1 start 0 step 1\n"
          + "#DISBATCH REPEAT 1 start 1 step 1\n"
      ),
      (
        "#DISBATCH REPEAT 2 ./p '$DISBATCH_REPEAT_INDEX'\n", 0...0,
        "#DISBATCH REPEAT 1 start 0 step 1 ./p '$DISBATCH_REPEAT_INDEX'\n"
          + "#DISBATCH REPEAT 1 start 1 step 1 ./p '$DISBATCH_REPEAT_INDEX'\n"
      ),
      (
        "#DISBATCH REPEAT 1 start 4 ./p\n", 0...0, "#DISBATCH REPEAT 1 start 4 step 1 ./p\n"
      ),
      (
        "#DISBATCH REPEAT 1 run 'x' ${DISBATCH_REPEAT_INDEX}\n", 0...0,
        "export DISBATCH_REPEAT_INDEX=0 DISBATCH_REPEAT_INDEX_ZP=000000 ; run 'x' 0\n"
      ),
    ] as [(String, ClosedRange<Int>, String)]
  )
  func `a refactoring writes the same commands another way`(
    text: String,
    lines: ClosedRange<Int>,
    expected: String
  ) throws {
    let results = try Self.results(text, lines)
    #expect(results.contains(expected), "\(results)")
    for result in results { #expect(Self.commands(result) == Self.commands(text)) }
  }

  @Test(
    arguments: [
      ("a\nb\n", 0...1), ("run 1\n# note\nrun 2\n", 0...2), ("one\n", 0...0),
      // A cut would go through quotes, a word, a redirection or what is not understood.
      ("\"./p q\" 1\n\"./p r\" 2\n", 0...1),
      ("'a b'\n'a c'\n", 0...1), ("> oa\n> ob\n", 0...1), ("$(x a)\n$(x b)\n", 0...1),
      ("[[ a == b ]]\n[[ a == c ]]\n", 0...1), ("<<< \"a b\" cat\n<<< \"a c\" cat\n", 0...1),
      ("for i in a; do x; done\nfor i in b; do x; done\n", 0...1), ("a\\ b\na\\ c\n", 0...1),
      // They say which line they stand on, which would be another.
      ("run 1 > $DISBATCH_STREAM_INDEX\nrun 2 > $DISBATCH_STREAM_INDEX\n", 0...1),
      ("#DISBATCH SUFFIX  > o_${DISBATCH_STREAM_INDEX}\nrun 1\nrun 2\n", 1...2),
      ("#DISBATCH PREFIX ./p $DISBATCH_STREAM_INDEX_ZP \nrun 1\nrun 2\n", 1...2),
      ("#DISBATCH SUFFIX  > o_${DISBATCH_STREAM_INDEX}\n#DISBATCH REPEAT 2 run\n", 1...1),
      // Nothing would be left of a line, or what is left would be a comment.
      ("run \nrun x\n", 0...1), ("run #1\nrun #x\n", 0...1),
    ] as [(String, ClosedRange<Int>)]
  )
  func `nothing is offered where lines would not stay the tasks that they are`(
    text: String,
    lines: ClosedRange<Int>
  ) throws {
    #expect(try Self.results(text, lines) == [])
  }

  @Test(
    arguments: [
      ("./p \"a 1 b\"\n./p \"a 1 c\"\n", "#DISBATCH PREFIX ./p \n\"a 1 b\"\n\"a 1 c\"\n"),
      ("./p a > o 1\n./p a > o 2\n", "#DISBATCH PREFIX ./p a > o \n1\n2\n"),
      ("./p a > o1\n./p a > o2\n", "#DISBATCH PREFIX ./p a \n> o1\n> o2\n"),
      ("cd d && ./p 1\ncd d && ./q 1\n", "#DISBATCH PREFIX cd d && \n./p 1\n./q 1\n"),
      ("./p $(x a)\n./p $(x b)\n", "#DISBATCH PREFIX ./p \n$(x a)\n$(x b)\n"),
      ("./p 'a b' c\n./p 'a b' d\n", "#DISBATCH PREFIX ./p 'a b' \nc\nd\n"),
    ]
  )
  func `a PREFIX ends where a word does`(text: String, expected: String) throws {
    #expect(try Self.results(text, 0...1).contains(expected))
  }

  @Test(arguments: [
    "x 'a 1'\nx 'a 2'\n", "x 1> f\nx 2> f\n", "x a1=5\nx a2=5\n", "x $1\nx $2\n", "x 01\nx 02\n",
    "x 2\nx 1\n", "x 1\nx 1\n", "x 1\nx 3\nx 4\n", "x \\1\nx \\2\n",
    "x 1 $DISBATCH_REPEAT_INDEX\nx 2 $DISBATCH_REPEAT_INDEX\n", "x {1..5}\nx {2..5}\n",
  ])
  func `no REPEAT is offered where the shell might read it otherwise`(text: String) throws {
    let lines = text.count { $0 == "\n" }
    let results = try Self.results(text, 0...(lines - 1))
    #expect(!results.contains { $0.contains("REPEAT 2") || $0.contains("REPEAT 3") })
  }
}
