extension ExplainPage {
  static let perengineTooLate = ExplainPage(
    "a PERENGINE after a task",
    why: """
      PERENGINE is accepted only in front of everything that runs. disBatch 3.0 stops reading at a
      later one: the tasks below never run, and the run still ends with status 0.
      """,
    mend: "Move the line in front of the first task, REPEAT and BARRIER, STOP commands too.",
    bad: """
      ./simulate
      #DISBATCH PERENGINE STOP rm -r /tmp/stage
      """,
    good: """
      #DISBATCH PERENGINE STOP rm -r /tmp/stage
      ./simulate
      """,
    related: [.perengineWindowClosed]
  )

  static let perengineWindowClosed = ExplainPage(
    "a PERENGINE after a BARRIER, a REPEAT of nothing or a line that is dropped",
    why: """
      There is no task in front of it, but these lines too end the part of the file in which
      PERENGINE is accepted. disBatch 3.0 reads no further than there, and ends with status 0.
      """,
    mend: "Move the PERENGINE to the top, or mend the line that closed the window.",
    bad: """
      #DISBATCH REPEAT 0 ./warm_up
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      ./simulate
      """,
    good: """
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      ./simulate
      """,
    related: [.perengineTooLate, .unknownDirective, .repeatZero]
  )

  static let repeatZero = ExplainPage(
    "a REPEAT with a count of 0",
    why: """
      It makes no task. In disBatch 3.0 it still ends the part of the file in which PERENGINE is
      accepted.
      """,
    mend: "Write the intended number of tasks, or make the line a comment.",
    bad: """
      ./prepare
      #DISBATCH REPEAT 0 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    good: """
      ./prepare
      #DISBATCH REPEAT 10 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    related: [.repeatCount, .perengineWindowClosed]
  )

  static let repeatStepZero = ExplainPage(
    "a REPEAT with a step of 0",
    why: "All its tasks have the same repeat index, in disBatch 3.0 as here: they do the same.",
    mend: "Write another step; without one it is 1.",
    bad: """
      #DISBATCH REPEAT 10 start 5 step 0 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    good: """
      #DISBATCH REPEAT 10 start 5 step 2 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    related: [.repeatIndexUnused]
  )

  static let repeatIndexUnused = ExplainPage(
    "a REPEAT whose command uses neither its index nor its task id",
    why: """
      All the tasks are the same command. They do the same work, and write to the same files at the
      same time.
      """,
    mend: """
      Name `DISBATCH_REPEAT_INDEX` or `DISBATCH_TASKID` in the command, the PREFIX or the SUFFIX. If
      the command reads the variable inside, suppress the finding.
      """,
    bad: """
      #DISBATCH REPEAT 10 ./simulate
      """,
    good: """
      #DISBATCH REPEAT 10 ./simulate --seed ${DISBATCH_REPEAT_INDEX}
      """,
    related: [.repeatStepZero]
  )

  static let repeatEmptyCommand = ExplainPage(
    "a REPEAT without a command where PREFIX and SUFFIX are empty too",
    why: "disBatch 3.0 runs that many empty commands, and they all succeed.",
    mend: "Write the command after the count, or set a PREFIX above it.",
    bad: """
      ./prepare
      #DISBATCH REPEAT 10
      """,
    good: """
      ./prepare
      #DISBATCH REPEAT 10 ./simulate ${DISBATCH_REPEAT_INDEX}
      """,
    related: [.commentOnDirective, .repeatIndexUnused]
  )

  static let barrierFirst = ExplainPage(
    "a BARRIER in front of all tasks",
    why: """
      It waits for nothing. It takes a task id all the same, so that the first task has id 1 and not
      0, in disBatch 3.0 too.
      """,
    mend: "Remove it, unless an earlier run of the file is to be resumed: ids would change.",
    bad: """
      #DISBATCH BARRIER
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.barrierRepeated, .barrierLast]
  )

  static let barrierLast = ExplainPage(
    "a BARRIER after all tasks",
    why: """
      A run waits for its tasks at its end anyhow. Only BARRIER CHECK changes something there: the
      exit status.
      """,
    mend: "Remove it, or write BARRIER CHECK if failures are to show in the exit status.",
    bad: """
      ./prepare &> prepare.log
      #DISBATCH BARRIER
      """,
    good: """
      ./prepare &> prepare.log
      #DISBATCH BARRIER
      ./simulate &> simulate.log
      """,
    related: [.barrierFirst]
  )

  static let barrierRepeated = ExplainPage(
    "two barriers with no task between them",
    why: "The second has nothing to wait for. It takes a task id all the same.",
    mend: "Remove one of them, unless an earlier run is to be resumed: ids would change.",
    bad: """
      ./prepare
      #DISBATCH BARRIER
      #DISBATCH BARRIER
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER
      ./simulate
      """,
    related: [.barrierFirst, .checkAfterPlainBarrier]
  )

  static let checkAfterPlainBarrier = ExplainPage(
    "a BARRIER CHECK directly after a plain BARRIER",
    why: """
      CHECK looks at the tasks since the last barrier. There are none, so disBatch 3.0 goes on
      whatever has failed above the first barrier.
      """,
    mend: "Remove the plain BARRIER.",
    bad: """
      ./prepare
      #DISBATCH BARRIER
      #DISBATCH BARRIER CHECK
      ./simulate
      """,
    good: """
      ./prepare
      #DISBATCH BARRIER CHECK
      ./simulate
      """,
    related: [.barrierRepeated, .barrierCheckLost]
  )

  static let affixUnused = ExplainPage(
    "a PREFIX or SUFFIX that is replaced before it is used, or that nothing follows",
    why: "It has no effect. Often a line was moved, or the wrong one of the two was written.",
    mend: "Remove it; `disbatch check --fix` makes it a comment, so that no line number changes.",
    bad: """
      #DISBATCH PREFIX ./simulate␠
      #DISBATCH PREFIX ./analyse␠
      --seed 1
      """,
    good: """
      #DISBATCH PREFIX ./simulate␠
      --seed 1
      #DISBATCH PREFIX ./analyse␠
      --seed 1
      """,
    related: [.perengineInheritsAffix]
  )

  static let perengineInheritsAffix = ExplainPage(
    "a PERENGINE under a PREFIX or SUFFIX that names the task id or the repeat index",
    why: """
      PREFIX and SUFFIX apply to PERENGINE commands too. There the task id counts those commands from
      0, and the repeat index is -1: the log of a PERENGINE is that of task 0 as well.
      """,
    mend: "Set the PREFIX and SUFFIX of the tasks after the PERENGINE lines.",
    bad: """
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      ./simulate
      """,
    good: """
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}
      ./simulate
      """,
    related: [.affixUnused]
  )

  static let perengineFailureChecked = ExplainPage(
    "a BARRIER CHECK in a file with PERENGINE START commands",
    why: """
      A failed START stops no task, but it counts as a failure at the next BARRIER CHECK, in
      disBatch 3.0 too: the run ends there although every task went well.
      """,
    mend: """
      If its failure does not matter, end the command with `|| true`. The finding stays; it is
      reported only when asked for.
      """,
    bad: """
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      ./prepare &> prepare.log
      #DISBATCH BARRIER CHECK
      ./simulate &> simulate.log
      """,
    good: """
      #DISBATCH PERENGINE START mkdir -p /tmp/stage
      ./prepare &> prepare.log
      #DISBATCH BARRIER
      ./simulate &> simulate.log
      """,
    related: [.checkAfterPlainBarrier]
  )

  static let noTasks = ExplainPage(
    "a file without a task",
    why: """
      A run of it ends at once. Often the tasks have become comments, or the program that writes the
      file has failed.
      """,
    mend: "Write a command on a line of its own.",
    bad: """
      # ./simulate
      """,
    good: """
      ./simulate
      """,
    related: [.lowercaseMarker, .repeatZero]
  )

  static let duplicateTask = ExplainPage(
    "a task with the same command as an earlier one that does not use the task id",
    why: "Both do the same work. Often a line was copied and not changed.",
    mend: "Remove or change one; a REPEAT says that the repetition is intended.",
    bad: """
      ./simulate --seed 1
      ./simulate --seed 1
      """,
    good: """
      ./simulate --seed 1
      ./simulate --seed 2
      """,
    related: [.repeatIndexUnused]
  )

  static let shebang = ExplainPage(
    "a first line that begins with `#!`",
    why: """
      It is a comment: a task file is read line by line, and each line is run by a bash of its own.
      Variables and directories that one line sets are gone in the next.
      """,
    mend: "Remove the line, or run the file as a script if it is one.",
    bad: """
      #!/bin/bash
      ./simulate
      """,
    good: """
      ./simulate
      """,
    related: [.sbatchLine]
  )

  static let statusFile = ExplainPage(
    "a status file where a task file is expected",
    why: """
      `disbatch run` reads task files. The file has the rows that a run writes about its tasks, and
      bash would take each of them for a command.
      """,
    mend: """
      Name the task file. `disbatch status FILE` shows what happened in the run; `disbatch run -r
      FILE TASKFILE` runs what is left of it.
      """,
    bad: """
      ␠␠␠␠␉0␉1␉-1␉node1␉4711␉0␉1.500␉1700000000.000␉1700000001.500␉0␉''␉0␉''␉./simulate
      """,
    good: """
      ./simulate
      """,
    related: [.shebang]
  )
}
