import TaskLang
package import TaskScheduler

/// What the user wants of a run, as the command line says it.
package struct RunOptions: Sendable {
  /// Where task output is kept.
  package enum Keeping: Hashable, Sendable {
    case nowhere
    /// In files of this folder (`--results`).
    case results(String)
    /// In this one file (`--output`).
    case log(String)
  }

  /// The task file.
  package var input: Input
  /// A folder, or a folder and the start of file names (`-p`).
  package var prefix = "."
  /// Lists of `HOST:CORECOUNT` (`-s`); with none, the environment and this machine are looked at.
  package var hosts: [String] = []
  /// How many tasks run at a time on this machine (`-j`); excludes `hosts`.
  package var jobs: Int?
  /// Cores for each task (`-c`).
  package var coresPerTask: Double?
  /// Tasks at a time on each host (`-t`).
  package var tasksPerHost: Int?
  /// The context's label (`-l`).
  package var label: String?
  /// Where the driver's log goes (`--logfile`); `nil` for beside the status file.
  package var logPath: String?
  /// Lines of the log below it are not written (`--loglevel`).
  package var logLevel = LogFile.Level.info
  /// Whether the status file begins with the names of its fields (`--status-header`).
  package var hasStatusHeader = false
  /// Whether a failed task sets the exit status to 1 (`-e`).
  package var failuresSetExitStatus = false
  /// Whether errors of the language end a stream (without `--no-check`).
  package var checks = true
  /// How long an attempt of a task may take (`--timeout`); `nil` for any time.
  package var taskTimeout: Interval?
  /// Variables of which slot i gets item i (`-E`).
  package var resources: [String] = []
  /// What is added to the tasks' niceness.
  package var niceness: Int32 = 0
  /// Where task output is kept.
  package var keeping = Keeping.nowhere
  /// How many bytes of each attempt's are kept (`--output-limit`); `nil` for all.
  package var outputLimit: Int64?
  /// Status files of earlier runs whose tasks are skipped (`-r`), oldest first.
  package var resumeFrom: [String] = []
  /// Whether tasks that failed in them run again (`-R`).
  package var retriesFailed = false
  /// How tasks are matched with earlier ones (`--force-resume`, `--resume-by`).
  package var resumeIdentity = ResumeFilter.Identity.command
  /// Whom the run writes to (`--mailTo`); `nil` for nobody.
  package var mail: MailSettings?
  /// What the scheduler keeps to: fail-fast, limits, grace time.
  package var policy = Policy()
  /// The program that an engine is; it is started with the word `engine`.
  package var executable = "/proc/self/exe"
  /// The words of the command line, for the log.
  package var arguments: [String] = []

  /// Makes the options of a run without options.
  package init(input: Input) {
    self.input = input
  }
}
