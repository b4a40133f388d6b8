extension ExplainPage {
  static let commandTooLong = ExplainPage(
    "a command that is 131,072 bytes or longer with its PREFIX and SUFFIX",
    why: """
      Linux takes no argument that long (`MAX_ARG_STRLEN` in execve(2)), and bash gets the command
      as one argument. The task cannot start, nor can it in disBatch 3.0.
      """,
    mend: "Put the command into a script, or its arguments into a file.",
    bad: ExplainExample(
      Array("./simulate ".utf8) + Array(repeating: UInt8(ascii: "x"), count: 131_072),
      shownAs: "./simulate xxx... (131,072 times x)"
    ),
    good: "./simulate --arguments-from arguments.txt"
  )

  static let nulByte = ExplainPage(
    "a NUL byte in a command or directive",
    why: """
      No argument of a program can hold one, so the task cannot start. disBatch 3.0 gives it return
      code 200. The file is often one in UTF-16, or was cut off by a full disk.
      """,
    mend: "Remove the byte, or convert the file to UTF-8.",
    bad: "./simulate ␀",
    good: "./simulate",
    related: [.bom, .invalidUtf8]
  )

  static let indexOverflow = ExplainPage(
    "a number, or a repeat index or task id, of 2^63 or more",
    why: """
      disBatch 3.0 counts on without a limit, where bash's arithmetic has long wrapped to negative
      numbers. Here such numbers are an error everywhere.
      """,
    mend: "Write a smaller count, start or step.",
    bad: "#DISBATCH REPEAT 2 start 9223372036854775807 ./simulate ${DISBATCH_REPEAT_INDEX}",
    good: "#DISBATCH REPEAT 2 start 922337203685477580 ./simulate ${DISBATCH_REPEAT_INDEX}",
    related: [.hugeRepeat, .repeatCount]
  )

  static let hugeRepeat = ExplainPage(
    "a REPEAT of more than 1,000,000 tasks",
    why: "That many tasks are possible, but the number is often a mistake.",
    mend: """
      Correct the number, or raise the limit: `max-tasks` in a settings file.
      """,
    bad: "#DISBATCH REPEAT 10000000 ./simulate ${DISBATCH_REPEAT_INDEX} &> log_${DISBATCH_TASKID}",
    good: "#DISBATCH REPEAT 100000 ./simulate ${DISBATCH_REPEAT_INDEX} &> log_${DISBATCH_TASKID}",
    related: [.indexOverflow]
  )

  static let bom = ExplainPage(
    "a byte order mark at the start of the file",
    why: """
      The mark is part of the first line. disBatch 3.0 takes that line for a task, even if it is a
      directive or a comment, and bash looks for a program whose name begins with the mark.
      """,
    mend:
      "Save the file as UTF-8 without a mark; `disbatch check --fix --unsafe-fixes` removes it.",
    bad: """
      ⟨FEFF⟩#DISBATCH PREFIX ./simulate␠
      --seed 1
      """,
    good: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      """,
    related: [.invisibleSpace, .nulByte]
  )

  static let loneCr = ExplainPage(
    "a carriage return in the middle of a line; as information, lines that end in `\\r\\n`",
    why: """
      disBatch 3.0 ends a line there too, but does not count it: both parts are tasks or directives of
      their own and have the same line number. `\\r\\n` at a line's end does no harm.
      """,
    mend: "End lines with `\\n`, with `dos2unix` or in the editor's settings.",
    bad: "./simulate --seed 1␍./simulate --seed 2",
    good: """
      ./simulate --seed 1
      ./simulate --seed 2
      """,
    related: [.invisibleSpace]
  )

  static let invisibleSpace = ExplainPage(
    "a no-break space, or a character that cannot be seen, outside of quotes",
    why: """
      It looks like a blank, or like nothing, but to bash it is part of a word: no program has the
      name `echo` with the mark, and the task fails with status 127. Such marks come from web pages
      and word processors. Joiners and selectors within words of other scripts are left alone.
      """,
    mend: "Replace it by a space, or remove it.",
    bad: "./simulate⟨00A0⟩--seed 1",
    good: "./simulate --seed 1",
    related: [.smartQuotes]
  )

  static let smartQuotes = ExplainPage(
    "curly quotes or a long dash where bash needs plain ones",
    why: """
      To bash they are ordinary letters: words are split at the blanks, and options are not
      recognised. They come from web pages and word processors.
      """,
    mend: "Write `\"`, `'` and `-`.",
    bad: "./simulate --name “test run”",
    good: "./simulate --name \"test run\"",
    related: [.invisibleSpace]
  )

  static let invalidUtf8 = ExplainPage(
    "bytes that are not UTF-8",
    why: """
      The task runs as written. But disBatch 3.0 writes its command into the status file in a form of
      its own (`b'...'`), and JSON and editors cannot carry the bytes.
      """,
    mend: "Convert the file, as with `iconv -f latin1 -t utf-8`.",
    bad: "./simulate caf⟨E9⟩ &> log",
    good: "./simulate café &> log",
    related: [.resumeUnreadable]
  )

  static let resumeUnreadable = ExplainPage(
    "a command that begins with `b'`",
    why: """
      disBatch 3.0 writes commands that are not UTF-8 in this form, and takes such a row of a status
      file for one of them when it resumes: the task runs again.
      """,
    mend: "Put `:;` in front of the command.",
    bad: "b'uild' all",
    good: ":; b'uild' all",
    related: [.invalidUtf8]
  )

  static let significantTrailingSpace = ExplainPage(
    "a PREFIX that ends in a blank, or one that is nothing but the blank that clears it",
    why: """
      The blank counts: it stands between the PREFIX and the command. Editors that strip blanks at
      line ends glue the two together, or keep the old PREFIX in force where it should be cleared.
      """,
    mend: """
      Set `trim_trailing_whitespace = false` for task files in .editorconfig. The finding stays; it
      is reported only when asked for.
      """,
    bad: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      """,
    good: """
      #DISBATCH PREFIX ./simulate --seed=
      1
      """,
    related: [.missingSpaceAfterKeyword]
  )
}
