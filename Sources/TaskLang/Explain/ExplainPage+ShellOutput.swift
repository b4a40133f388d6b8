extension ExplainPage {
  static let logCollision = ExplainPage(
    "two tasks that write to one file",
    why: """
      Tasks between two barriers may run at the same time, and the later one overwrites the file, or
      empties it while another appends to it. Files of `tee` count as well.
      """,
    mend: "Put `${DISBATCH_TASKID}` into the name, or append with `>>`.",
    bad: """
      ./run 1 > out.txt
      ./run 2 > out.txt
      """,
    good: """
      ./run 1 > out_1.txt
      ./run 2 > out_2.txt
      """,
    related: [.repeatLogShared, .appendShared]
  )

  static let repeatLogShared = ExplainPage(
    "a REPEAT whose tasks all write to one file",
    why: """
      Its name has neither the task id nor the repeat index. DISBATCH_STREAM_INDEX is the number
      of the line, one for the whole REPEAT.
      """,
    mend: "Put `${DISBATCH_TASKID}` or `${DISBATCH_REPEAT_INDEX}` into the name.",
    bad: """
      #DISBATCH REPEAT 5 ./run ${DISBATCH_REPEAT_INDEX} &> out.txt
      """,
    good: """
      #DISBATCH REPEAT 5 ./run ${DISBATCH_REPEAT_INDEX} &> out_${DISBATCH_TASKID}.txt
      """,
    related: [.logCollision, .repeatIndexUnused]
  )

  static let repeatRangesOverlap = ExplainPage(
    "two REPEATs that name files by indexes they share",
    why: "Both write the files of the shared indexes, perhaps at the same time.",
    mend: "Use `${DISBATCH_TASKID}` in the names, or other indexes.",
    bad: """
      #DISBATCH REPEAT 5 ./a &> out_${DISBATCH_REPEAT_INDEX}.txt
      #DISBATCH REPEAT 5 start 4 ./b &> out_${DISBATCH_REPEAT_INDEX}.txt
      """,
    good: """
      #DISBATCH REPEAT 5 ./a &> out_${DISBATCH_REPEAT_INDEX}.txt
      #DISBATCH REPEAT 5 start 5 ./b &> out_${DISBATCH_REPEAT_INDEX}.txt
      """,
    related: [.repeatLogShared]
  )

  static let perengineLogShared = ExplainPage(
    "a PERENGINE file that engines or tasks share",
    why: """
      PERENGINE commands run once on each engine, and their DISBATCH_TASKID is a count of their
      own from 0.
      """,
    mend: "Put `${DISBATCH_ENGINE_RANK}` into the name.",
    bad: """
      #DISBATCH PERENGINE START ./stage &> stage.log
      ./run 1 &> out.txt
      """,
    good: """
      #DISBATCH PERENGINE START ./stage &> stage_${DISBATCH_ENGINE_RANK}.log
      ./run 1 &> out.txt
      """,
    related: [.perengineInheritsAffix]
  )

  static let engineRankInTaskLog = ExplainPage(
    "a log of a task that is named by its engine",
    why: "An engine runs many tasks: each overwrites the log of the one before.",
    mend: "Use `${DISBATCH_TASKID}` in the name, or append with `>>`.",
    bad: """
      #DISBATCH SUFFIX  &> log_${DISBATCH_ENGINE_RANK}.txt
      ./run 1
      """,
    good: """
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
      ./run 1
      """,
    related: [.logCollision]
  )

  static let appendShared = ExplainPage(
    "several tasks that append to one file",
    why: "Tasks run at the same time, so their lines may mix.",
    mend: "Give each task a file of its own and join them later.",
    bad: """
      ./run 1 >> out.txt
      ./run 2 >> out.txt
      """,
    good: """
      ./run 1 >> out_1.txt
      ./run 2 >> out_2.txt
      """,
    related: [.logCollision]
  )

  static let manyFiles = ExplainPage(
    "more than 5,000 files in one folder",
    why: "Most file systems become slow with more than a few thousand files in one folder.",
    mend: "Use folders, and make them first.",
    bad: """
      #DISBATCH REPEAT 6000 ./run &> logs/${DISBATCH_TASKID}.txt
      """,
    good: """
      #DISBATCH REPEAT 500 ./run &> logs/${DISBATCH_TASKID}.txt
      """,
    related: [.hugeRepeat]
  )

  static let zeroPadOverflow = ExplainPage(
    "a padded number of more than six digits in a name",
    why: """
      The `_ZP` variables have six digits. From 1,000,000 on the names no longer sort with the
      others.
      """,
    mend: "Pad the number yourself, as with `$(printf %08d $DISBATCH_TASKID)`.",
    bad: """
      #DISBATCH REPEAT 9 start 999995 ./run &> ${DISBATCH_REPEAT_INDEX_ZP}.txt
      """,
    good: """
      #DISBATCH REPEAT 9 start 999000 ./run &> ${DISBATCH_REPEAT_INDEX_ZP}.txt
      """,
    related: [.paddedInArithmetic]
  )

  static let logDirectoryMissing = ExplainPage(
    "a file in a folder that does not exist",
    why: """
      bash opens the file before it runs the command, and runs nothing when it cannot. With one
      SUFFIX that is the end of every task. The folders are looked for where the checks are made, a
      relative one from the working directory, which is that of the tasks when the run starts there.
      A folder that a `mkdir` names in the same or an earlier command counts as there. Nothing is
      said of names behind a `cd`, or with a variable in the folder. `--check-paths` asks for this.
      """,
    mend: "Make the folder before the run, or with `mkdir -p` in PREFIX.",
    bad: """
      ./run 1 &> logs/out_1.txt
      """,
    good: """
      mkdir -p logs && ./run 1 &> logs/out_1.txt
      """,
    related: [.logCollision]
  )
}
