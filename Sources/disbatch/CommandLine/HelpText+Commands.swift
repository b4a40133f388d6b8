extension HelpText {
  /// What `disbatch` alone and `disbatch --help` show.
  static let overview = """
    disbatch: check, expand and run files of tasks, one bash command per line

    usage: disbatch check [options] [FILE|-]...     what is wrong with a task file
           disbatch expand [options] [FILE|-]       the flat list of what will run
           disbatch run [options] FILE|-            run the tasks
           disbatch [options] FILE|-                the same
           disbatch fmt [options] [FILE|-]...       canonical layout
           disbatch status STATUSFILE...            what happened, what to run again
           disbatch output FILE|DIR TASKID          what a task printed
           disbatch explain CODE                    what a finding means, what to do
           disbatch lsp                             language server for editors
           disbatch help [COMMAND]                  the options of a command

      disbatch Tasks                 run the lines of Tasks, one per core at a time
      disbatch -s localhost:5 Tasks  run five at a time
      disbatch check Tasks           look for mistakes first

    """

  /// Help of `check`.
  static let check = text(
    usage: ["disbatch check [options] [FILE|-]..."],
    about: "Reports what is wrong with task files or standard input. "
      + "Exits with 0 when there are no errors, 1 when there are, 2 when a file cannot be read.",
    OptionTable.check
  )

  /// Help of `expand`.
  static let expand = text(
    usage: ["disbatch expand [options] [FILE|-]"],
    about: "Writes the flat list of what a task file or standard input expands to. "
      + "Exits with 1 when the file has errors and is not expanded, 2 when it cannot be read.",
    OptionTable.expand
  )

  /// Help of `explain`.
  static let explain = text(
    usage: ["disbatch explain [options] CODE...", "disbatch explain --all"],
    about: "Explains a finding of disbatch check: what it means, why it matters and what to do. "
      + "CODE is a code such as DB109, a name such as barrier-check-lost, or a family such as DB1, "
      + "which is listed.",
    OptionTable.explain
  )

  /// Help of `fmt`.
  static let fmt = text(
    usage: ["disbatch fmt [options] [FILE|-]..."],
    about:
      "Rewrites directives in canonical spelling and spacing, in place; standard input is written "
      + "to stdout. Commands, PREFIX and SUFFIX texts, line numbers and the meaning of the file "
      + "do not change. "
      + "A file with errors is left alone, and the exit status is 1.",
    OptionTable.fmt
  )

  /// Help of `status`.
  static let status = text(
    usage: ["disbatch status [options] STATUSFILE..."],
    about: "Reports what happened in a run, from its status file, or in several runs of one task "
      + "file, oldest first; a success outweighs any failure. "
      + "Exits with 0 whatever failed in the run, with 2 when a file cannot be read.",
    OptionTable.status
  )

  /// Help of `output`.
  static let output = text(
    usage: ["disbatch output [options] FILE|DIR TASKID...", "disbatch output --list FILE|DIR"],
    about: "Writes what tasks printed, as a run kept it with --output FILE or --results DIR: "
      + "what went to standard output on stdout, the rest on stderr. Exits with 0 when all of it "
      + "is there, 1 when nothing is or something is missing, 2 for a file that no run wrote.",
    OptionTable.output
  )

  /// Help of `lsp`.
  static let lsp = text(
    usage: ["disbatch lsp [--stdio] [--config FILE]"],
    about: "Speaks the Language Server Protocol 3.17 on stdin and stdout with the editor that "
      + "started it. Exits with 0 after a shutdown request, else with 1.",
    OptionTable.lsp
  )

  /// Help of `run`.
  static let run = run(
    usage: ["disbatch [run] [options] FILE|-", "disbatch [run] [options] --task LINE..."],
    program: "disbatch"
  )

  /// Help of `run` under the reference's name, which has no other commands.
  static let referenceRun = run(usage: ["disBatch [OPTION]... TASKFILE|-"], program: "disBatch")

  private static func run(usage: [String], program: String) -> String {
    text(
      usage: usage,
      about: "Runs the tasks of a file, one per line, as many at a time as there are slots. "
        + "The status file has a line for each task that has ended.",
      examples: [
        ("\(program) Tasks", "one task per core at a time"),
        ("\(program) -s localhost:5 Tasks", "five at a time"),
        ("\(program) -p runs/ -e Tasks", "in runs/; exit 1 if a task fails"),
        ("\(program) -r auto -R Tasks", "what has not run yet, and what failed"),
        ("\(program) --retries 2 --timeout 1h Tasks", "up to three tries of an hour each"),
        ("generate | \(program) -", "tasks as a program writes them"),
        ("\(program) --task './x 1' --task './x 2'", "tasks without a file"),
        ("\(program) --dry-run Tasks", "what would be run, and where"),
      ],
      OptionTable.run,
      footer: "Exits with 0 when the run ended by itself, even if tasks failed; 1 with -e or "
        + "-f and a failed task, after a failed BARRIER CHECK, or when tasks remain that nothing "
        + "can run; 2 for a command line or a file that is refused; 128 + N when signal N ended it."
    )
  }
}
