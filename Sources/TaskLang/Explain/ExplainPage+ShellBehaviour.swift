extension ExplainPage {
  static let redirectLastOnly = ExplainPage(
    "a SUFFIX that redirects only the last of several commands",
    why: """
      A redirection belongs to one command. What the ones before it print goes elsewhere. Commands
      that print nothing, such as `cd`, do not count.
      """,
    mend: "Wrap the commands in `( ... )`, or begin PREFIX with `exec &> FILE ;`.",
    bad: """
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
      ./first 1 ; ./second 1
      """,
    good: """
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
      ( ./first 1 ; ./second 1 )
      """,
    related: [.stderrNotCaptured]
  )

  static let backgroundEscapes = ExplainPage(
    "work in the background that nobody waits for: a task that ends in `&`, a loop or group with `&` in it",
    why: """
      The task is over while its work goes on: the slot is given to another, the exit status is
      lost, and a SUFFIX redirects nothing. Where other commands follow, it is reported as
      information only, and not at all where the task contains `wait`, `kill` or `trap`.
      """,
    mend: "Leave out the `&`, or add `; wait`.",
    bad: """
      ./server 1 &> log_1.txt &
      """,
    good: """
      ./server 1 &> log_1.txt
      """,
    related: [.statusMasked]
  )

  static let cdUnchecked = ExplainPage(
    "`cd` followed by `;`",
    why: "If the folder is missing, what follows runs in another one.",
    mend: "Write `cd folder &&`, or `cd folder || exit` where more than one command follows.",
    bad: """
      cd data ; ./run 1 > out.txt
      """,
    good: """
      cd data && ./run 1 > out.txt
      """,
    related: [.activationUnchecked]
  )

  static let activationUnchecked = ExplainPage(
    "an environment that is activated or loaded, followed by `;`",
    why: """
      If `conda activate`, `module load` or the `activate` of a Python environment fails, what follows
      runs with the programs of another environment.
      """,
    mend: "Write `conda activate NAME || exit`, or `&&`.",
    bad: """
      conda activate sim ; python run.py 1 > out.txt
      """,
    good: """
      conda activate sim && python run.py 1 > out.txt
      """,
    related: [.cdUnchecked]
  )

  static let statusMasked = ExplainPage(
    "a task whose exit status says nothing about its work",
    why: """
      The status of a pipeline is that of its last command, the status of a list that of its last
      part. `-r -R`, `-f` and BARRIER CHECK look at nothing else. `|| true` and `exit 0` at the end
      are reported as information only, since they are mostly intended, and so are `| head`, which
      ends early, and `| grep`, whose status may be what matters.
      """,
    mend: "Begin with `set -o pipefail ;`, or put `date` and the like elsewhere.",
    bad: """
      ./run 1 2>&1 | tee log_1.txt
      """,
    good: """
      set -o pipefail ; ./run 1 2>&1 | tee log_1.txt
      """,
    related: [.redirectLastOnly]
  )

  static let earlyExit = ExplainPage(
    "`exit` or `exec` followed by commands",
    why: "The shell ends there, or becomes another program. What follows never runs.",
    mend: "Leave it out, put it last, or make it depend on something, as `|| exit`.",
    bad: """
      exec ./run 1 > out.txt ; ./report
      """,
    good: """
      ./run 1 > out.txt && ./report
      """,
    related: [.statusMasked]
  )

  static let redirectOrder = ExplainPage(
    "`2>&1` in front of the redirection it was to follow",
    why: """
      Redirections are made from left to right: standard error goes to where standard output was
      before. Where that is a pipe, `$( )` or a redirected group, it is left alone.
      """,
    mend: "Write `> file 2>&1`, or `&> file`.",
    bad: """
      ./run 1 2>&1 > out.txt
      """,
    good: """
      ./run 1 > out.txt 2>&1
      """,
    related: [.stderrNotCaptured]
  )

  static let stderrNotCaptured = ExplainPage(
    "a SUFFIX that redirects standard output alone",
    why: "Of standard error the status file keeps 80 bytes.",
    mend: "Use `&>`, or add `2>&1` or `2> FILE`.",
    bad: """
      #DISBATCH SUFFIX  > out_${DISBATCH_TASKID}.txt
      ./run 1
      """,
    good: """
      #DISBATCH SUFFIX  &> out_${DISBATCH_TASKID}.txt
      ./run 1
      """,
    related: [.redirectOrder, .outputNotCaptured]
  )

  static let outputNotCaptured = ExplainPage(
    "a task whose output is not captured",
    why: """
      The status file keeps the first and the last 40 bytes of what it prints. Reported once per
      file.
      """,
    mend: "Redirect it, best with a SUFFIX.",
    bad: """
      ./run 1
      """,
    good: """
      #DISBATCH SUFFIX  &> log_${DISBATCH_TASKID}.txt
      ./run 1
      """,
    related: [.stderrNotCaptured]
  )

  static let noEffectTask = ExplainPage(
    "a line that only sets something",
    why: """
      Every line is a shell of its own: variables, the folder and loaded modules are gone when it
      ends.
      """,
    mend: "Put it into a PREFIX in front of the tasks that need it.",
    bad: """
      module load gcc/12
      """,
    good: """
      #DISBATCH PREFIX module load gcc/12 &&␠
      ./run 1 &> out.txt
      """,
    related: [.affixUnused]
  )

  static let readsStdin = ExplainPage(
    "a task that waits for input: `read` and the like without a redirection, `select`, `sudo`",
    why: """
      Standard input of a task is empty, and a task has no terminal. `read` gets nothing and fails;
      `sudo` fails where it would ask for a password. Under disBatch 3.0 standard input is whatever
      the engine has.
      """,
    mend: "Give it a file with `< FILE` or text with `<<<`; write `sudo -n`.",
    bad: """
      read -r name; ./run "$name" > out_1.txt
      """,
    good: """
      read -r name < name_1.txt; ./run "$name" > out_1.txt
      """,
    related: [.heredoc]
  )

  static let nestedLauncher = ExplainPage(
    "a task that hands its work to a queue, or starts disBatch",
    why: """
      A task that submits a job ends when the job is queued: its exit status says nothing of the
      job, and a BARRIER does not wait for it. disBatch within a task starts tasks of its own on
      cores that this run has given to others. `sbatch --wait`, `bsub -K` and `qsub -sync` are left
      alone.
      """,
    mend: "Make what the job does the task, or wait for the job.",
    bad: """
      sbatch job_1.sh > job_1.txt
      """,
    good: """
      ./job_1.sh > job_1.txt
      """,
    related: [.backgroundEscapes, .statusMasked]
  )
}
