import TaskScheduler

extension Driver {
  /// What is found out before a run begins.
  struct Setup {
    var options: RunOptions
    /// Where its engines run.
    var contexts: [EngineContext]
    var files: RunFiles
    var marks: RunMarks
    var status: StatusFile
    /// What the driver's log is written into.
    var log: LogSink
    var resume: ResumeFilter?
    var kept: KeptPlace
    /// Writes the rows that the loop does not; `nil` for a thread of the run's own.
    var rowWriter: FileWriter?
    /// The soft limit of open files that other programs start with.
    var openFiles: UInt64?
    /// Whose child each child of this process is.
    var roster = ChildRoster()
    var patience = Patience()

    /// What engines are told before anything else, but for what differs from one to another.
    var engineSettings: EngineSettings {
      EngineSettings(
        jobID: files.jobID,
        runID: marks.own.id,
        nameTasks: options.input.name,
        rank: 0,
        coresPerTask: 0,
        slots: 1,
        grace: options.policy.grace,
        silenceLimit: options.policy.silenceLimit,
        directory: "",
        logPath: "",
        niceness: options.niceness,
        keeping: kept.keeping,
        outputLimit: options.outputLimit
      )
    }
  }

  /// How long the end of a run waits for what does not come to its end.
  struct Patience {
    /// Processes of engines that have left.
    var engines = Interval.seconds(5)
    /// Lines of logs.
    var logs = Interval.seconds(2)
    /// A message.
    var mail = Interval.seconds(30)
    /// A message, when a signal has ended the run.
    var hurriedMail = Interval.seconds(5)
  }
}
