import TaskLang
import Testing

@Suite struct HumanRendererTests {
  @Test func `labels in three lines, notes, and a fix as a patch`() {
    let source = Sketch(
      "# data",
      "#DISBATCH PREFIX ( cd /data ;",
      "a 1",
      "",
      "#DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt",
      "",
      "myprog -a 1"
    )
    let diagnostic = Diagnostic(
      .unknownDirective,
      "unclosed `(` in the command that bash will receive",
      at: source.label(7, "myprog -a 1", "task 3 expands with these two parts"),
      labels: [
        source.label(5, " &> log_${DISBATCH_TASKID}.txt", "SUFFIX in force: no `)` here"),
        source.label(2, "(", "this `(` comes from the PREFIX on line 2"),
      ],
      notes: ["the task ends with exit status 2 and nothing runs"],
      fixes: [
        FixIt(
          message: "close the group in the SUFFIX",
          applicability: .placeholder,
          edits: [source.edit(5, 17..<17, " )")]
        )
      ]
    )
    #expect(
      picture(diagnostic, RenderOptions(namesExplain: true)) == """
        error[DB101]: unclosed `(` in the command that bash will receive
          --> Tasks:7:1
           |
         2 | #DISBATCH PREFIX ( cd /data ;
           |                  - this `(` comes from the PREFIX on line 2
        ...
         5 | #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
           |                  ------------------------------ SUFFIX in force: no `)` here
         7 | myprog -a 1
           | ^^^^^^^^^^^ task 3 expands with these two parts
           |
           = note: the task ends with exit status 2 and nothing runs
           = help: close the group in the SUFFIX:
         5 - #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
         5 + #DISBATCH SUFFIX  ) &> log_${DISBATCH_TASKID}.txt
           = explain: disbatch explain DB101


        """
    )
  }

  @Test func `several labels in one line hang below it from right to left`() {
    let source = Sketch("run a > log 2>&1 > log")
    let diagnostic = Diagnostic(
      .unknownDirective,
      "two redirections",
      at: source.label(1, 17..<22, "wins"),
      labels: [
        source.label(1, 6..<11, "truncated here"), source.label(1, 12..<16, "copies the first"),
        source.label(1, 0..<3),
      ]
    )
    #expect(
      picture(diagnostic) == """
        error[DB101]: two redirections
          --> Tasks:1:18
           |
         1 | run a > log 2>&1 > log
           | ---   ----- ---- ^^^^^ wins
           |       |     |
           |       |     copies the first
           |       truncated here


        """
    )
  }

  @Test func `the finding is painted upon a label that holds it`() {
    let source = Sketch("#DISBATCH BARRIER check")
    let diagnostic = Diagnostic(
      .barrierCheckLost,
      "lost",
      at: source.label(1, "check", "a key"),
      labels: [source.label(1, "#DISBATCH BARRIER check", "a plain barrier")]
    )
    #expect(
      picture(diagnostic) == """
        error[DB109]: lost
          --> Tasks:1:19
           |
         1 | #DISBATCH BARRIER check
           | ------------------^^^^^ a key
           | |
           | a plain barrier


        """
    )
  }

  @Test func `tabs take four columns in the source and in the marks`() {
    let source = Sketch("\techo\thi")
    #expect(
      picture(Diagnostic(.unknownDirective, "m", at: source.label(1, "hi"))) == """
        error[DB101]: m
          --> Tasks:1:7
           |
         1 |     echo    hi
           |             ^^


        """
    )
  }

  @Test(
    arguments: [
      ("日本 x", 9), ("e\u{301}é x", 7), ("👩‍🔬 x", 7), ("ｆ x", 7), ("한 x", 7), ("🇩🇪 x", 7),
      ("☎\u{FE0F} x", 7), ("a\u{200B} x", 14), ("\u{301} x", 12),
    ]
  )
  func `marks stand under what they mark, however wide it is`(_ text: String, column: Int) {
    let source = Sketch(text)
    let rows = picture(Diagnostic(.unknownDirective, "m", at: source.label(1, "x"))).split(
      separator: "\n"
    )
    // The gutter is five columns wide.
    #expect(rows[4] == "   |" + String(repeating: " ", count: column - 3 + 1 - 1) + "^")
  }

  @Test func `a point is one caret, also behind the last byte and in an empty line`() {
    let source = Sketch("#DISBATCH PREFIX", "")
    #expect(
      picture(
        Diagnostic(
          .missingSpaceAfterKeyword,
          "m",
          at: source.label(1, 16..<16, "a space is missing"),
          labels: [source.label(2, 0..<0, "nothing here")]
        )
      ) == """
        error[DB106]: m
          --> Tasks:1:17
           |
         1 | #DISBATCH PREFIX
           |                 ^ a space is missing
         2 |
           | - nothing here


        """
    )
  }

  @Test func `nothing that a terminal obeys or hides is written raw`() {
    let source = Sketch(
      bytes: Array("a\u{1B}[31m\r\u{7F}\0".utf8) + [0xFF, 0xC3]
        + Array("\u{202E}\u{A0}\u{85}z".utf8)
    )
    let text = picture(
      Diagnostic(.unknownDirective, "say `\u{1B}[2J` and \n\t", at: source.label(1, "z"))
    )
    #expect(
      text == """
        error[DB101]: say `\\x1B[2J` and \\n\\t
          --> Tasks:1:15
           |
         1 | a\\x1B[31m\\r\\x7F\\x00\\xFF\\xC3\\u{202E}\\u{A0}\\u{85}z
           |                                                ^


        """
    )
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20...0x7E).contains($0.value) })
  }

  @Test func `a line wider than the screen is cut around the mark`() {
    let source = Sketch(
      String(repeating: "a", count: 100) + " HERE " + String(repeating: "b", count: 100)
    )
    #expect(
      picture(
        Diagnostic(.unknownDirective, "m", at: source.label(1, "HERE")),
        RenderOptions(widthColumns: 45)
      ) == """
        error[DB101]: m
          --> Tasks:1:102
           |
         1 | ...aaaaaaaaaaaaaa HERE bbbbbbbbbbbbbb...
           |                   ^^^^


        """
    )
  }

  @Test func `a mark wider than the screen shows its beginning`() {
    let source = Sketch(String(repeating: "a", count: 20) + String(repeating: "b", count: 200))
    let rows = picture(
      Diagnostic(.unknownDirective, "m", at: source.label(1, 20..<220)),
      RenderOptions(widthColumns: 45)
    ).split(separator: "\n")
    #expect(rows[3] == " 1 | ...aaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbb...")
    #expect(rows[4] == "   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^")
  }

  @Test func `an excerpt from the middle of a line keeps its columns`() {
    let excerpt = Excerpt(
      line: 3,
      bytes: Array("abcdef".utf8),
      firstByte: 5000,
      firstColumn: 5000,
      isCutBehind: true
    )
    let span = SourceSpan(
      start: Position(line: 3, column: 5003, offset: 9000),
      end: Position(line: 3, column: 5005, offset: 9002)
    )
    let rows = picture(
      Diagnostic(.nulByte, "m", at: Label(span: span, message: "x", excerpt: excerpt))
    ).split(separator: "\n")
    #expect(rows[3] == " 3 | ...abcdef...")
    #expect(rows[4] == "   |      ^^ x")
  }

  @Test func `at most six lines are shown, the finding among them`() {
    let source = Sketch("1", "2", "3", "4", "5", "6", "7", "8", "9")
    let text = picture(
      Diagnostic(
        .unknownDirective,
        "m",
        at: source.label(9, 0..<1),
        labels: (1...8).map { source.label($0, 0..<1) }
      )
    )
    #expect(text.contains(" 9 | 9\n   | ^\n"))
    #expect(text.split(separator: "\n").count { $0.contains(#/^ \d \| /#) } == 6)
    #expect(text.contains("= note: and 3 more places\n"))
  }

  @Test func `blanks at the end of a patched line are pointed at`() {
    let source = Sketch("#DISBATCH PREFIX")
    let diagnostic = Diagnostic(
      .missingSpaceAfterKeyword,
      "m",
      at: source.label(1, 16..<16),
      fixes: [
        FixIt(message: "put a space", applicability: .unsafe, edits: [source.edit(1, 16..<16, " ")])
      ]
    )
    #expect(
      picture(diagnostic) == """
        error[DB106]: m
          --> Tasks:1:17
           |
         1 | #DISBATCH PREFIX
           |                 ^
           |
           = help: put a space:
         1 - #DISBATCH PREFIX
         1 + #DISBATCH PREFIX·
           |                 + 1 blank at the end


        """
    )
  }

  @Test func `a fix may put lines before one and empty another`() {
    let source = Sketch("run 1", "#DISBATCH PERENGINE START x")
    let diagnostic = Diagnostic(
      .perengineTooLate,
      "m",
      at: source.label(2, "PERENGINE"),
      fixes: [
        FixIt(
          message: "move it up",
          applicability: .unsafe,
          edits: [
            source.edit(1, 0..<0, "#DISBATCH PERENGINE START x\n"), source.edit(2, 0..<27, ""),
          ]
        )
      ]
    )
    #expect(
      picture(diagnostic).hasSuffix(
        """
           = help: move it up:
         1 + #DISBATCH PERENGINE START x
         2 - #DISBATCH PERENGINE START x
         2 +


        """
      )
    )
  }

  @Test func `colour changes no layout`() throws {
    let source = Sketch("a\u{1B}b run", "two")
    let diagnostic = Diagnostic(
      .keywordStyle,
      "m",
      at: source.label(1, "run", "here"),
      labels: [source.label(2, "two", "there")],
      notes: ["n"],
      fixes: [
        FixIt(message: "f", applicability: .safe, edits: [source.edit(2, 0..<3, "three")])
      ]
    )
    let coloured = picture(diagnostic, RenderOptions(style: .ansi))
    #expect(coloured.contains("\u{1B}[1;32mhint[DB116]\u{1B}[0m"))
    #expect(coloured.contains("\u{1B}[7m\\x1B\u{1B}[0m"))
    #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == picture(diagnostic))
  }
}
