extension ExplainPage {
  static let shellSyntax = ExplainPage(
    "a command that bash cannot parse",
    why: """
      What bash receives is PREFIX, line and SUFFIX as one text. If a quote, parenthesis or brace in
      it has no partner, or an operator has no operand, bash ends with status 2 and runs nothing.
      For a malformed `[[ ]]` it prints an error, runs nothing, and ends with status 0: the task
      counts as a success.
      """,
    mend: """
      Close what is open, in the line or in the affix that opened it; quote what is meant as text.
      """,
    bad: """
      ./report it's done > out_1.txt
      """,
    good: """
      ./report "it's done" > out_1.txt
      """,
    related: [.multiLineConstruct, .braceGroup]
  )

  static let affixGlued = ExplainPage(
    "a PREFIX or SUFFIX that is joined to the command without a blank",
    why: """
      The texts are put together as they are. `PREFIX ./run` and `-a 1` make a command called
      `./run-a`. Where a name composed of both may be intended, it is reported as information.
      """,
    mend: """
      End PREFIX with a blank, or begin SUFFIX with one. Editors that strip blanks at the end of
      lines undo it.
      """,
    bad: """
      #DISBATCH PREFIX ./run
      -a 1 > out_1.txt
      """,
    good: """
      #DISBATCH PREFIX ./run␠
      -a 1 > out_1.txt
      """,
    related: [.significantTrailingSpace]
  )

  static let numberGluedRedirect = ExplainPage(
    "an argument that becomes the descriptor of a redirection, or swallows it",
    why: """
      `> log` glued to a task that ends in a number makes `2> log` of it: the command loses its
      argument, and another stream is redirected. `2> log` glued to a word makes the number part of it.
      """,
    mend: "Begin SUFFIX with a blank: two after the keyword.",
    bad: """
      #DISBATCH SUFFIX > log_${DISBATCH_TASKID}.txt 2>&1
      ./run 2
      """,
    good: """
      #DISBATCH SUFFIX  > log_${DISBATCH_TASKID}.txt 2>&1
      ./run 2
      """,
    related: [.affixGlued]
  )

  static let commentSwallowsSuffix = ExplainPage(
    "a comment after a task while a SUFFIX is in force",
    why: """
      The SUFFIX comes after the comment and becomes part of it: nothing is redirected, no paren
      closed.
      """,
    mend: "Put the comment on a line of its own.",
    bad: """
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
      ./run 1 # the small one
      """,
    good: """
      # the small one:
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
      ./run 1
      """,
    related: [.commentInPrefix, .commentOnDirective]
  )

  static let commentInPrefix = ExplainPage(
    "a comment in PREFIX",
    why: """
      The command comes after the comment and becomes part of it. bash sees only the text in front
      of the `#`: no task does its work, and where that much succeeds, they all count as successes.
      """,
    mend: "Put the comment on a line of its own, or quote the `#`.",
    bad: """
      #DISBATCH PREFIX cd data ; # where it all is
      ./run 1 > 1.txt
      """,
    good: """
      # where it all is:
      #DISBATCH PREFIX cd data &&␠
      ./run 1 > 1.txt
      """,
    related: [.commentSwallowsSuffix]
  )

  static let multiLineConstruct = ExplainPage(
    "a loop, `if`, `case` or group over several lines",
    why: """
      Every line is given to a `bash -c` of its own. The first and the last line are errors, and the
      lines between them run as tasks.
      """,
    mend: "Write it on one line, or put it into a script and call that.",
    bad: """
      for i in 1 2 3; do
      """,
    good: """
      for i in 1 2 3; do ./run $i; done > out.txt
      """,
    related: [.shellSyntax, .lineContinuation]
  )

  static let lineContinuation = ExplainPage(
    "a task that ends in a backslash",
    why: """
      Lines are not joined: the next line is a task of its own. With a SUFFIX the backslash quotes
      its first byte.
      """,
    mend: "Write the command on one line, or put it into a script.",
    bad: """
      ./run --first 1 \\
      """,
    good: """
      ./run --first 1 --second 2 > out.txt
      """,
    related: [.multiLineConstruct]
  )

  static let heredoc = ExplainPage(
    "a here-document",
    why: """
      There are no further lines in a command: bash warns, the program reads nothing, and the
      lines meant for it run as tasks.
      """,
    mend: "Use `<<<` with a string, or a file.",
    bad: """
      ./run <<EOF > out.txt
      """,
    good: """
      ./run <<< "input" > out.txt
      """,
    related: [.multiLineConstruct]
  )

  static let braceGroup = ExplainPage(
    "a group without `;` in front of its `}`",
    why: """
      `}` is a word like others unless a command ended before it. The group is never closed, and
      bash ends with status 2.
      """,
    mend: "Write `; }`, or use `( ... )`, which needs no semicolon.",
    bad: """
      { ./first 1 ; ./second 1 } &> out.txt
      """,
    good: """
      { ./first 1 ; ./second 1 ; } &> out.txt
      """,
    related: [.shellSyntax]
  )

  static let optionLikeCommand = ExplainPage(
    "a command that begins with `-` or `+`",
    why: """
      disBatch 3.0 hands it to bash as an option, and the task ends with status 2. Here it is the
      name of a command that does not exist. Usually a PREFIX is missing, or was not recognised.
      """,
    mend: "Write the PREFIX, or mend the line that was to be one.",
    bad: """
      -a 1 -b 2 > out.txt
      """,
    good: """
      ./run -a 1 -b 2 > out.txt
      """,
    related: [.missingSpaceAfterKeyword, .unknownDirective]
  )

  static let positionalParameter = ExplainPage(
    "`$1`, `$@` and the like outside a function",
    why: """
      A task has no arguments: they are empty. Often they were meant for awk or another shell, and
      double quotes let this one take them.
      """,
    mend: "Use single quotes around a program of another language; write values in full.",
    bad: """
      awk "{ print $1 }" in.txt > out.txt
      """,
    good: """
      awk '{ print $1 }' in.txt > out.txt
      """,
    related: [.quotedVariable]
  )
}
