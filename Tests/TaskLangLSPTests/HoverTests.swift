import TaskLangLSP
import Testing

@Suite struct HoverTests {
  private static let text = """
    #DISBATCH PREFIX ( cd run ; ./prog\u{20}
    #DISBATCH SUFFIX  ) &> log_${DISBATCH_TASKID}
    -a `0`
    #DISBATCH REPEAT 3 start 100 step 50 -b $DISBATCH_REPEAT_INDEX
    #DISBATCH BARRIER CHECK done
    last
    """

  private static func hover(_ line: Int, _ character: Int) throws -> String {
    var client = try TestClient(open: text)
    let result = try client.request("textDocument/hover", TestClient.place(line, character))
    return try #require(result["contents"]["value"].text)
  }

  @Test func `a task shows its whole command and then its parts`() throws {
    let expected = """
      ```sh
      ( cd run ; ./prog -a `0` ) &> log_${DISBATCH_TASKID}
      ```

      - PREFIX, line 1: `( cd run ; ./prog `
      - line 3: `` -a `0` ``
      - SUFFIX, line 2: ` ) &> log_${DISBATCH_TASKID}`

      Task 0.

      """
    #expect(try Self.hover(2, 1) == expected)
  }

  @Test func `a REPEAT says how many and which`() throws {
    let text = try Self.hover(3, 12)
    #expect(text.contains("( cd run ; ./prog -b $DISBATCH_REPEAT_INDEX ) &> log"))
    #expect(text.contains("3 tasks, 1 to 3, index 100 to 200 step 50."))
  }

  @Test func `a variable says what it holds here`() throws {
    #expect(try Self.hover(3, 50).contains("Here: `100 to 200 step 50`."))
    #expect(try Self.hover(1, 40).contains("The task's id"))
  }

  /// What is said of the variable at the first `|` in a text.
  private static func variable(_ marked: String) throws -> String {
    let before = marked.prefix { $0 != "|" }
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    var client = try TestClient(open: String(before + marked.dropFirst(before.count + 1)))
    let place = TestClient.place(lines.count - 1, lines.last?.utf8.count ?? 0)
    return try #require(try client.request("textDocument/hover", place)["contents"]["value"].text)
  }

  @Test(
    arguments: [
      ("./p $|DISBATCH_TASKID", "Here: `0`."), ("./p \"${|DISBATCH_TASKID}\"", "Here: `0`."),
      ("./p $((|DISBATCH_TASKID + 1))", "Here: `0`."), ("./p `x $|DISBATCH_TASKID`", "Here: `0`."),
      ("./p '$|DISBATCH_TASKID'", "It is quoted here"),
      ("./p $'$|DISBATCH_TASKID'", "It is quoted here"),
      ("bash -c 'x ${|DISBATCH_TASKID}'", "It is quoted here"),
      ("./p \\$|DISBATCH_TASKID", "It is quoted here"),
      ("./p \"\\$|DISBATCH_TASKID\"", "It is quoted here"),
      ("./p |DISBATCH_TASKID", "Only its name"),
      ("|DISBATCH_TASKID=3 ./p", "Only its name"), ("./p # $|DISBATCH_TASKID", "in a comment"),
      ("#DISBATCH PREFIX x '\n./p $|DISBATCH_TASKID'", "It is quoted here"),
      ("#DISBATCH REPEAT 2 start 9 ./p $|DISBATCH_REPEAT_INDEX_ZP", "Here: `000009 to 000010`."),
      ("#DISBATCH PERENGINE START x $|DISBATCH_CYLINDER_RANK", "Here: `-1`."),
      ("./p $|DISBATCH_JOBID", "the run's own files"),
    ]
  )
  func `a variable says what bash makes of it there`(marked: String, expected: String) throws {
    let text = try Self.variable(marked)
    #expect(text.contains(expected), "\(text)")
    #expect(text.contains("Here:") == expected.hasPrefix("Here:"), "\(text)")
  }

  @Test(
    arguments: [
      ("#DISBATCH SUFFIX  &> l\n#DISBATCH PERENGINE START x\n", "1 PERENGINE command, down"),
      (
        "#DISBATCH SUFFIX  &> l\n#DISBATCH PERENGINE START x\n#DISBATCH PERENGINE STOP y\na\n",
        "1 task and 2 PERENGINE commands, down"
      ),
      (
        "#DISBATCH PREFIX a \n#DISBATCH PERENGINE STOP x\n#DISBATCH PREFIX b \nc\n",
        "1 PERENGINE command, down to line 3"
      ),
      ("#DISBATCH PREFIX a \nb\n", "1 task, down"), ("#DISBATCH PREFIX a \n", "0 tasks, down"),
    ]
  )
  func `an affix counts the PERENGINE commands that use it`(text: String, expected: String) throws {
    var client = try TestClient(open: text)
    let result = try client.request("textDocument/hover", TestClient.place(0, 12))
    let shown = result["contents"]["value"].text
    #expect(shown?.contains(expected) == true, "\(shown ?? "")")
  }

  @Test func `a barrier says what it does and its id`() throws {
    let text = try Self.hover(4, 12)
    #expect(text.contains("The run ends here if a task has failed"))
    #expect(text.contains("`done` is put to the key-value server"))
    #expect(text.contains("It takes the id 4."))
  }

  @Test func `a PREFIX says how far it reaches`() throws {
    let text = try Self.hover(0, 12)
    #expect(text.contains("It applies to 5 tasks, down to the end."))
    #expect(text.contains("ends with a blank, which counts"))
  }

  @Test func `a client without Markdown gets plain text`() throws {
    var client = try TestClient(open: Self.text, capabilities: [:])
    let result = try client.request("textDocument/hover", TestClient.place(5, 0))
    #expect(result["contents"]["kind"] == "plaintext")
    #expect(result["contents"]["value"].text?.hasPrefix("( cd run ; ./prog last ) &>") == true)
  }

  @Test func `a fence is longer than any backticks in the command`() throws {
    var client = try TestClient(open: "echo ```` x\n")
    let result = try client.request("textDocument/hover", TestClient.place(0, 0))
    #expect(result["contents"]["value"].text?.hasPrefix("`````sh\necho ```` x\n`````\n") == true)
  }

  @Test(arguments: [(0, 0), (1, 3), (7, 7)])
  func `there is nothing to say of blanks, comments and what is no line`(
    line: Int,
    character: Int
  ) throws {
    var client = try TestClient(open: "\n# note\n")
    let result = try client.request("textDocument/hover", TestClient.place(line, character))
    #expect(result.isNull)
  }
}
