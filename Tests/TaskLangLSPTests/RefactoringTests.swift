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
    while let step = feed.take() {
      let command = String(decoding: step.command, as: UTF8.self)
      switch step.kind {
      case .task: commands.append(command)
      case .repeated(let indexes):
        for place in 0..<indexes.count {
          let index = "\(indexes[place])"
          let parts = command.split(
            separator: "${DISBATCH_REPEAT_INDEX}",
            omittingEmptySubsequences: false
          )
          let joined = parts.joined(separator: index)
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
        "run 3 x\nrun 7 x\n"
      ),
      (
        "#DISBATCH REPEAT 2 run 'x' ${DISBATCH_REPEAT_INDEX}\n", 0...0,
        "#DISBATCH REPEAT 1 start 0 step 1 run 'x' ${DISBATCH_REPEAT_INDEX}\n#DISBATCH REPEAT 1 start 1 step 1 run 'x' ${DISBATCH_REPEAT_INDEX}\n"
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
      // Nothing would be left of a line, or what is left would be a comment.
      ("run \nrun x\n", 0...1), ("run #1\nrun #x\n", 0...1),
    ] as [(String, ClosedRange<Int>)]
  )
  func `no PREFIX is offered where lines would not stay tasks`(
    text: String,
    lines: ClosedRange<Int>
  ) throws {
    #expect(try Self.results(text, lines) == [])
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
