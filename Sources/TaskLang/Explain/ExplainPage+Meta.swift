extension ExplainPage {
  static let unusedSuppression = ExplainPage(
    "a suppression comment that suppresses nothing",
    why: """
      The finding it was written for is gone, or its code or place is wrong. A suppression that is
      left behind hides the next mistake of the kind. `ignore` of a code that is not reported at
      all, an opt-in one for instance, counts as used.
      """,
    mend: "Remove the comment, or the code from its list.",
    bad: """
      # disbatch: ignore[DB203] nothing to repeat yet
      ./simulate
      """,
    good: """
      # disbatch: ignore[DB203] nothing to repeat yet
      #DISBATCH REPEAT 0 ./simulate
      ./report
      """,
    related: [.unknownCode, .malformedSuppression]
  )

  static let unknownCode = ExplainPage(
    "a suppression comment with a code, name or family that does not exist",
    why: "Nothing is suppressed by it. `disbatch explain --all` lists all codes.",
    mend: "Correct the code.",
    bad: """
      # disbatch: ignore[DB999] known
      ./simulate
      """,
    good: """
      # disbatch: ignore[DB203] known
      #DISBATCH REPEAT 0 ./simulate
      ./report
      """,
    related: [.unusedSuppression, .malformedSuppression]
  )

  static let malformedSuppression = ExplainPage(
    "a comment that begins with `# disbatch:` and is no suppression",
    why: """
      It has no effect. The forms are `ignore[CODES]` and `expect[CODES]` for the next line that is
      not a comment, `disable[CODES]` and `enable[CODES]` for what stands between them, and
      `ignore-file[CODES]` in front of everything but comments. CODES are codes, names or families,
      with commas between them; a reason may follow.
      """,
    mend: "Write one of these forms, with the codes in brackets.",
    bad: """
      # disbatch: ignore DB203
      ./simulate
      """,
    good: """
      # disbatch: ignore[DB203] nothing to repeat yet
      #DISBATCH REPEAT 0 ./simulate
      ./report
      """,
    related: [.unusedSuppression, .unknownCode]
  )

  static let unknownSetting = ExplainPage(
    "a line of a settings file with an unknown setting",
    why: """
      A settings file has lines of the form `key=value` and comments that begin with `#`. The keys
      are `deny`, `warn` and `allow` (codes, names or families, with commas between them) and
      `max-tasks` (DB704 reports a REPEAT with more tasks). A key that was silently ignored would
      seem to work.
      """,
    mend: "Correct the key or the value.",
    bad: """
      deny=DB205
      max-taks=5000
      """,
    good: """
      deny=DB205
      max-tasks=5000
      """,
    related: [.unknownCode],
    language: .settings
  )

  static let limitReached = ExplainPage(
    "the place after which findings are only counted: there are more than 10,000",
    why: """
      No input can fill the memory with findings. Those after this place count for the exit status
      and the summary, but are not shown. Likewise, of the files that tasks write between two
      barriers 16,777,216 are compared with each other (DB501, DB506); at the first of the others
      this code says so. So it does at the first command that is not looked into because its PREFIX
      and SUFFIX are more than 64 times as long as its line, after 67,108,864 bytes of such have
      been parsed.
      """,
    mend: "Mend what is shown; a file with so many findings has one mistake many times.",
    bad: ExplainExample(
      Array(
        String(
          repeating: "#DISBATCH repeat 1 ./simulate &> log_${DISBATCH_TASKID}\n",
          count: 10_001
        ).utf8
      ),
      shownAs: """
        #DISBATCH repeat 1 ./simulate &> log_${DISBATCH_TASKID}
        ... (10,001 such lines, each with DB116)
        """
    ),
    good: "#DISBATCH REPEAT 10001 ./simulate &> log_${DISBATCH_TASKID}"
  )

  static let shellcheck = ExplainPage(
    "what the program shellcheck reports about a command, under its own code, such as SC2086",
    why: """
      With `--shellcheck`, each distinct command is given to shellcheck as bash gets it: PREFIX,
      line and SUFFIX joined. Its findings stand where the text comes from; one in a PREFIX or
      SUFFIX is reported once. Every code has a page at `https://www.shellcheck.net/wiki/`. Left out
      are SC1090 and SC1091 (sourced files are not looked into), SC2148 (a task has no `#!` line),
      SC2153 and SC2154 (variables come from the environment), SC2034 in a PREFIX (what it sets is
      for some tasks to use), SC2086 of numbers that disBatch sets, as `$DISBATCH_TASKID`, and
      SC2069 and SC2164 (DB406 and DB403 say it).
      """,
    mend: """
      Follow its page. `--allow SC2086`, `--deny SC` and comments as `# disbatch: ignore[SC2086]`
      work as with other codes.
      """,
    bad: """
      ./run $FILE > out_1.txt
      """,
    good: """
      ./run "$FILE" > out_1.txt
      """,
    related: [.shellSyntax]
  )
}
