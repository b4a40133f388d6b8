extension HelpText {
  /// What `disbatch` alone and `disbatch --help` show.
  static let overview = """
    disbatch: check, expand and run files of tasks, one bash command a line

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

      disbatch Tasks                 run the lines of Tasks, one a core at a time
      disbatch -s localhost:5 Tasks  run five at a time
      disbatch check Tasks           look for mistakes first

    """

  /// Help of `check`.
  static let check = text(
    usage: ["disbatch check [options] [FILE|-]..."],
    about: "Says what is wrong with task files, or with standard input. "
      + "Exits with 0 when nothing fails, 1 when there are errors, 2 when a file cannot be read.",
    OptionTable.check
  )

  /// Help of `expand`.
  static let expand = text(
    usage: ["disbatch expand [options] [FILE|-]"],
    about: "Writes what a task file, or standard input, comes to, item by item, on stdout. "
      + "Exits with 1 when the file has errors and is not expanded, 2 when it cannot be read.",
    OptionTable.expand
  )

  /// Help of `explain`.
  static let explain = text(
    usage: ["disbatch explain [options] CODE...", "disbatch explain --all"],
    about: "Says what a finding of disbatch check means, why it matters and what to do. "
      + "CODE is a code as DB109, a name as barrier-check-lost, or a family as DB1, which is listed.",
    OptionTable.explain
  )

  /// Help of `fmt`.
  static let fmt = text(
    usage: ["disbatch fmt [options] [FILE|-]..."],
    about:
      "Writes directives in canonical spelling and spacing, in place; standard input comes out "
      + "on stdout. Commands, affixes, line numbers and what the file means stay as they are. "
      + "A file with errors is left alone, and the exit status is 1.",
    OptionTable.fmt
  )

  /// Help of `status`.
  static let status = text(
    usage: ["disbatch status [options] STATUSFILE..."],
    about: "Says what happened in a run by its status file, or in several runs of one task file "
      + "by theirs, oldest first: a success counts over any failure. "
      + "Exits with 0, whatever failed in the run, or with 2 when a file cannot be read.",
    OptionTable.status
  )

  /// Help of `output`.
  static let output = text(
    usage: ["disbatch output [options] FILE|DIR TASKID...", "disbatch output --list FILE|DIR"],
    about: "Writes what tasks printed, as a run kept it with --output FILE or --results DIR: "
      + "what went to standard output on stdout, the rest on stderr. Exits with 0 when it has all of "
      + "it, 1 when there is none or something is missing, 2 for a file that is none of a run's.",
    OptionTable.output
  )

  /// Help of `lsp`.
  static let lsp = text(
    usage: ["disbatch lsp [--stdio] [--config FILE]"],
    about: "Speaks the Language Server Protocol 3.17 on stdin and stdout, for an editor that "
      + "starts it. Ends with the editor: 0 after a shutdown, else 1.",
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
      about: "Runs the tasks of a file, one a line, as many at a time as there are slots. "
        + "The status file has a line for each task that ended.",
      examples: [
        ("\(program) Tasks", "one task a core at a time"),
        ("\(program) -s localhost:5 Tasks", "five at a time"),
        ("\(program) -p runs/ -e Tasks", "files in runs/; 1 if a task fails"),
        ("\(program) -r auto -R Tasks", "what has not run yet, and what failed"),
        ("\(program) --retries 2 --timeout 1h Tasks", "up to three tries of an hour each"),
        ("generate | \(program) -", "tasks as they come out of a program"),
        ("\(program) --task './x 1' --task './x 2'", "tasks without a file"),
        ("\(program) --dry-run Tasks", "what would be run, and where"),
      ],
      OptionTable.run,
      footer: "Exits with 0 when the run ended by itself, with failed tasks or not; 1 with -e or "
        + "-f and a failed task, after a failed BARRIER CHECK, or when tasks remain that nothing "
        + "can run; 2 for a command line or a file that is refused; 128 + N when signal N ended it."
    )
  }
}
