extension ExplainPage {
  static let unknownVariable = ExplainPage(
    "a DISBATCH variable that does not exist",
    why: """
      It is empty when the task runs. Names with a default, such as `${DISBATCH_X:-1}`, are left
      alone.
      """,
    mend: "Write the name as in the documentation.",
    bad: """
      ./run ${DISBATCH_TASK_ID} > out_1.txt
      """,
    good: """
      ./run ${DISBATCH_TASKID} > out_1.txt
      """,
    related: [.variableRunsOn]
  )

  static let variableRunsOn = ExplainPage(
    "a variable whose name runs on into the text after it",
    why: """
      A name takes in all letters, digits and `_` that follow. `$DISBATCH_TASKID_out` is another
      variable, and empty: all tasks share one file.
      """,
    mend: "Put the name into braces.",
    bad: """
      ./run 1 > log_$DISBATCH_TASKID_out.txt
      """,
    good: """
      ./run 1 > log_${DISBATCH_TASKID}_out.txt
      """,
    related: [.unknownVariable]
  )

  static let repeatIndexOutsideRepeat = ExplainPage(
    "the repeat index in a task that no REPEAT made",
    why: "It is -1 there, and -00001 when padded.",
    mend: "Use `${DISBATCH_TASKID}`.",
    bad: """
      ./run 1 > out_${DISBATCH_REPEAT_INDEX}.txt
      """,
    good: """
      ./run 1 > out_${DISBATCH_TASKID}.txt
      """,
    related: [.repeatIndexUnused]
  )

  static let paddedInArithmetic = ExplainPage(
    "a padded number in arithmetic",
    why: """
      Numbers that begin with 0 are octal: 000010 is 8, and 000008 is an error. Bash calculates in
      `$(( ))`, `(( ))`, `let`, behind `-eq` and its like in `[[ ]]`, in subscripts and offsets, and for
      `%d` of printf.
      """,
    mend: "Use the variable without `_ZP`, or `10#$NAME`.",
    bad: """
      ./run $((DISBATCH_TASKID_ZP % 4)) > out_1.txt
      """,
    good: """
      ./run $((DISBATCH_TASKID % 4)) > out_1.txt
      """,
    related: [.zeroPadOverflow]
  )

  static let quotedVariable = ExplainPage(
    "a variable between single quotes",
    why: """
      Nothing is expanded there. Programs that expand it themselves, such as `bash -c`, are left
      alone.
      """,
    mend: "Use double quotes.",
    bad: """
      echo 'task $DISBATCH_TASKID' > out_1.txt
      """,
    good: """
      echo "task $DISBATCH_TASKID" > out_1.txt
      """,
    related: [.positionalParameter]
  )

  static let variableAssigned = ExplainPage(
    "a DISBATCH variable that is assigned to",
    why: """
      It hides the value that disBatch gives, from the rest of the command. The repeat index of a
      task that no REPEAT made is no value to hide, and is left alone.
      """,
    mend: "Use another name.",
    bad: """
      DISBATCH_TASKID=5 ; ./run $DISBATCH_TASKID > out_5.txt
      """,
    good: """
      id=5 ; ./run $id > out_5.txt
      """,
    related: [.unknownVariable]
  )

  static let undocumentedVariable = ExplainPage(
    "a DISBATCH variable that the documentation of disBatch 3.0 does not name",
    why: """
      disBatch 3.0 sets `DISBATCH_CYLINDER_RANK`, `DISBATCH_CORES_PER_TASK` and
      `DISBATCH_KVSSTCP_HOST` without documenting them, and does not set `DISBATCH_ATTEMPT` and
      `DISBATCH_RUN_ID`. A file that uses them may not run with another version. Names with a
      default are left alone.
      """,
    mend: "Use a documented variable, or give it a default: `${DISBATCH_ATTEMPT:-1}`.",
    bad: """
      ./run --gpu $DISBATCH_CYLINDER_RANK > out_1.txt
      """,
    good: """
      ./run --gpu ${DISBATCH_CYLINDER_RANK:-0} > out_1.txt
      """,
    related: [.unknownVariable]
  )

  static let foreignSyntax = ExplainPage(
    "the name of a variable as another tool writes it, or a variable that another tool sets",
    why: """
      `{DISBATCH_TASKID}` is those letters to bash, and `$(DISBATCH_TASKID)` runs a program of that name.
      `$SLURM_ARRAY_TASK_ID` and its like are those of the job that the run is in: the same for all
      tasks, or empty. Names with a default are left alone.
      """,
    mend: "Write `${DISBATCH_TASKID}`.",
    bad: """
      ./run {DISBATCH_TASKID} > out_${DISBATCH_TASKID}.txt
      """,
    good: """
      ./run ${DISBATCH_TASKID} > out_${DISBATCH_TASKID}.txt
      """,
    related: [.unknownVariable, .variableRunsOn]
  )
}
