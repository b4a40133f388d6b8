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
