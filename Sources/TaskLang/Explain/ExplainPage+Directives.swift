extension ExplainPage {
  static let unknownDirective = ExplainPage(
    "a line that begins with `#DISBATCH` and a blank but holds no directive",
    why: """
      disBatch 3.0 drops the line and says so only in its driver log. What the line should have set,
      the PREFIX for example, stays as it was; the run goes on and ends with status 0. After such a
      line, PERENGINE is no longer accepted.
      """,
    mend: """
      Write one of PREFIX, SUFFIX, REPEAT, BARRIER and PERENGINE. `#` alone begins a comment;
      `##DISBATCH` keeps a directive for later.
      """,
    bad: """
      #DISBATCH PREFX ./simulate␠
      --seed 1
      """,
    good: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      """,
    related: [.extraSpaceAfterMarker, .missingSpaceAfterKeyword, .barrierCase]
  )

  static let lowercaseMarker = ExplainPage(
    "a comment that would be a directive if `#disbatch` stood in upper case",
    why: """
      Only `#DISBATCH` in upper case counts. disBatch 3.0 silently takes everything else for a
      comment. Comments of the form `# disbatch: ignore[...]` are not meant here.
      """,
    mend: "Write `#DISBATCH`, or `##` in front if the line is to be a comment.",
    bad: """
      ./prepare
      #disbatch BARRIER
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.displacedMarker, .markerWithoutSpace]
  )

  static let displacedMarker = ExplainPage(
    "a comment that would be a directive if `#DISBATCH` stood in column 1 and in one piece",
    why: """
      A blank in front of `#DISBATCH` or after its `#` makes the line a comment, in disBatch 3.0
      too, and nothing says so: where a barrier is lost this way, later tasks start too early.
      """,
    mend: """
      Begin the line with `#DISBATCH`. To put a directive out of use, write `##DISBATCH`, which is
      never reported.
      """,
    bad: """
      ./prepare
        #DISBATCH BARRIER
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.lowercaseMarker]
  )

  static let markerWithoutSpace = ExplainPage(
    "`#DISBATCH` without a blank after it",
    why: """
      Such a line is neither a directive nor a comment but a task, in disBatch 3.0 as here. It takes
      a task id, bash sees a comment, and the task does nothing and succeeds.
      """,
    mend: "Put one space after `#DISBATCH`.",
    bad: """
      #DISBATCHPREFIX ./simulate␠
      --seed 1
      """,
    good: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      """,
    related: [.extraSpaceAfterMarker, .tabAfterKeyword]
  )

  static let extraSpaceAfterMarker = ExplainPage(
    "more than one blank between `#DISBATCH` and the directive",
    why: """
      disBatch 3.0 recognises directives after exactly one space. After two it drops the line, with
      a message in the driver log only.
      """,
    mend: "Leave one space.",
    bad: """
      ./prepare
      #DISBATCH  BARRIER
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.unknownDirective, .tabAfterKeyword]
  )

  static let missingSpaceAfterKeyword = ExplainPage(
    "PREFIX, SUFFIX or PERENGINE with nothing after it, not even a space",
    why: """
      `#DISBATCH PREFIX` and one space clears the prefix. Without the space, which editors like to
      remove, disBatch 3.0 drops the line, and the old prefix stays in force for all that follows.
      """,
    mend: """
      Write the space, and tell your editor to leave blanks at line ends alone
      (`trim_trailing_whitespace = false` in .editorconfig).
      """,
    bad: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      #DISBATCH PREFIX
      ./report
      """,
    good: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      #DISBATCH PREFIX␠
      ./report
      """,
    related: [.significantTrailingSpace, .unknownDirective]
  )

  static let tabAfterKeyword = ExplainPage(
    "a tab where a directive needs a space",
    why: """
      Keywords are set off by one space. With a tab there, disBatch 3.0 does not know the directive
      and drops the line.
      """,
    mend: "Replace the tab by a space.",
    bad: """
      #DISBATCH PREFIX␉./simulate␠
      --seed 1
      """,
    good: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      """,
    related: [.extraSpaceAfterMarker, .missingSpaceAfterKeyword]
  )

  static let barrierCase = ExplainPage(
    "BARRIER in lower case",
    why: """
      BARRIER is the one directive that counts only in upper case. disBatch 3.0 drops the line, and
      nothing waits.
      """,
    mend: "Write `BARRIER`.",
    bad: """
      ./prepare
      #DISBATCH barrier
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.barrierCheckLost, .keywordStyle]
  )

  static let barrierCheckLost = ExplainPage(
    "a BARRIER that looks as if it checked for failures, and does not",
    why: """
      CHECK counts only in upper case, after one space. Anything else after BARRIER is a key for the
      key-value server, or ignored where it is glued on, as in BARRIERCHECK: disBatch 3.0 waits
      there and goes on whatever has failed.
      """,
    mend: "Write `#DISBATCH BARRIER CHECK`.",
    bad: """
      ./prepare
      #DISBATCH BARRIER check
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER CHECK
      ./simulate
      """,
    related: [.barrierCase, .barrierTrailingText, .checkAfterPlainBarrier]
  )

  static let barrierTrailingText = ExplainPage(
    "an ending or a sign directly after BARRIER or CHECK",
    why: """
      disBatch 3.0 reads the beginning of the word and ignores the rest, so BARRIERS is a BARRIER
      and CHECKED is CHECK. A reader of the file cannot know that. What looks like a key or like
      CHECK is an error: DB118, DB109.
      """,
    mend: "Remove it; `disbatch check --fix` does.",
    bad: """
      ./prepare
      #DISBATCH BARRIERS
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.barrierCheckLost, .barrierKeyLost]
  )

  static let barrierKeyLost = ExplainPage(
    "a key that is glued to BARRIER or CHECK",
    why: """
      A key follows after one space. Text that follows directly, or after a tab, is ignored: the
      barrier waits, and puts no key to the key-value server.
      """,
    mend: "Put one space in front of the key.",
    bad: """
      ./prepare
      #DISBATCH BARRIER:prepared
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER prepared
      ./simulate
      """,
    related: [.barrierCheckLost, .barrierTrailingText]
  )

  static let perengineEventCase = ExplainPage(
    "START or STOP of a PERENGINE that is not in upper case",
    why: """
      disBatch 3.0 takes the line, fails on the word with a Python traceback, and then hangs. Here
      the word is accepted as intended under `--no-check`, and refused otherwise.
      """,
    mend: "Write `START` or `STOP`.",
    bad: """
      #DISBATCH PERENGINE start mkdir -p /tmp/stage
      ./simulate
      """,
    good: """
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      ./simulate
      """,
    related: [.perengineEvent]
  )

  static let perengineEvent = ExplainPage(
    "a PERENGINE for something other than START and STOP",
    why: "disBatch 3.0 does not know such a line and drops it: the command never runs.",
    mend: "Write `START` for what runs as an engine joins, `STOP` for what runs as it leaves.",
    bad: """
      #DISBATCH PERENGINE BEGIN mkdir -p /tmp/stage
      ./simulate
      """,
    good: """
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      ./simulate
      """,
    related: [.perengineEventCase, .perengineTooLate]
  )

  static let repeatClauseIsCommand = ExplainPage(
    "`start` or `step` of a REPEAT in a place or form in which it is part of the command",
    why: """
      The order is `start`, then `step`, each with a plain number from 0. disBatch 3.0 runs everything
      else as the command: `start 5 ./simulate` is then a program called `start`.
      """,
    mend: "Bring the clauses into the order `start S step T`, with blanks in front of the numbers.",
    bad: """
      #DISBATCH REPEAT 10 step 2 start 5 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    good: """
      #DISBATCH REPEAT 10 start 5 step 2 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    related: [.repeatCount, .repeatStepZero]
  )

  static let repeatCount = ExplainPage(
    "a REPEAT without a number of times",
    why: """
      The count is a plain number from 0, set off by blanks. disBatch 3.0 drops a REPEAT without one:
      none of its tasks run.
      """,
    mend: "Write the number after `REPEAT`.",
    bad: """
      ./prepare
      #DISBATCH REPEAT -10 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    good: """
      ./prepare
      #DISBATCH REPEAT 10 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    related: [.repeatClauseIsCommand, .repeatZero]
  )

  static let commentOnDirective = ExplainPage(
    "`#` and words after a directive, as a comment would be written",
    why: """
      There are no comments there. disBatch 3.0 takes the words for a barrier's key or for a
      REPEAT's command, which bash then ignores as a comment: its tasks do what PREFIX says, if
      anything.
      """,
    mend: "Put the comment on a line of its own.",
    bad: """
      ./prepare
      #DISBATCH BARRIER # the rest needs all of it
      ./simulate
      """,
    good: """
      ./prepare
      # the rest needs all of it
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.barrierCheckLost, .repeatEmptyCommand]
  )

  static let keywordStyle = ExplainPage(
    "a keyword that works in any case and is not written as in the documentation",
    why: """
      PREFIX, SUFFIX, REPEAT and PERENGINE work in any case, BARRIER and CHECK do not: a file that
      writes the former in lower case looks as if it did so for the latter.
      """,
    mend: """
      Write directives in upper case and REPEAT's `start` and `step` in lower case;
      `disbatch check --fix` does.
      """,
    bad: """
      #DISBATCH prefix ./simulate␠
      --seed 1
      """,
    good: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      """,
    related: [.barrierCase, .lowercaseMarker]
  )

  static let sbatchLine = ExplainPage(
    "an `#SBATCH` line in a task file, or one for another scheduler, such as `#PBS` or `#BSUB`",
    why: """
      sbatch and similar programs read such lines from the script that they are given. That is
      disbatch or a script that starts it, never the task file, where the line is a comment, in
      disBatch 3.0 too.
      """,
    mend: "Give the option to sbatch, or put the line into the batch script.",
    bad: """
      #SBATCH -n 20
      ./simulate
      """,
    good: """
      # submitted with: sbatch -n 20 disbatch Tasks
      ./simulate
      """,
    related: [.shebang]
  )
}
