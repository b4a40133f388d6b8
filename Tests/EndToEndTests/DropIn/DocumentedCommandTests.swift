import TestSupport
import Testing

/// The command lines of the reference's documentation that concern one machine, each as it stands.
@Suite struct DocumentedCommandTests {
  /// A line of shell and what is to come of it.
  struct Line: CustomTestStringConvertible, Sendable {
    let text: String
    /// The exit status.
    let status: Int32
    /// What a refusal names; the tasks have run where there is none.
    let refusal: String?

    init(_ text: String, status: Int32 = 0, refused refusal: String? = nil) {
      self.text = text
      self.status = refusal == nil ? status : 2
      self.refusal = refusal
    }

    var testDescription: String { text }
  }

  static let lines = [
    Line("disBatch -s localhost:5 Tasks"),
    Line("disBatch TaskFileName"),
    Line("disbatch TaskFile"),
    Line("DISBATCH_SSH_NODELIST=localhost:7 disBatch Tasks"),
    Line("disBatch Tasks -s localhost:7"),
    Line("disBatch - < Tasks"),
    Line("cat Tasks | disBatch -s localhost:2 -"),
    Line("disBatch -e Tasks; disBatch -f Tasks"),
    Line("disBatch -p logs Tasks && ls logs_status.txt"),
    Line("disBatch Tasks && disBatch Tasks -r Tasks*_status.txt"),
    Line("disBatch Tasks && disBatch Tasks -R -r Tasks*_status.txt"),
    Line("disBatch Tasks && disBatch --force-resume Tasks -r Tasks*_status.txt"),
    Line("disBatch --status-header --loglevel DEBUG --logfile my.log Tasks && ls my.log"),
    Line("disBatch -C 0 -c 0.5 --fill --no-retire -l label -t 2 Tasks"),
    Line("MAILER=cat disBatch --mailTo me@example.org --mailFreq 2 Tasks"),
    Line("disBatch --version | grep -x '[0-9.]*' && disBatch Tasks"),
    // What is not in this version is refused by name, with nothing started.
    Line("DISBATCH_SSH_NODELIST=localhost:7,otherhost:3 disBatch Tasks", refused: "'otherhost'"),
    Line("disBatch -s localhost:7,otherhost:3 Tasks", refused: "'otherhost'"),
    Line("disBatch --use-address=localhost:0 Tasks", refused: "--use-address"),
    Line("disBatch -S Tasks", refused: "--startup-only"),
    Line("disBatch -w Tasks", refused: "--web"),
    Line("disBatch --kvsserver Tasks", refused: "--kvsserver"),
    Line("disBatch --taskcommand ./generate", refused: "--taskcommand"),
    Line("disBatch --taskserver", refused: "--taskserver"),
    Line("SLURM_JOBID=1 disBatch Tasks", refused: "Slurm"),
  ]

  @Test(arguments: lines)
  func `a documented command line does what it says, or says what is missing`(line: Line) throws {
    let folder = try TemporaryFolder()
    let commands = try InstalledCommands()
    for name in ["Tasks", "TaskFileName", "TaskFile"] {
      try folder.write("touch A.txt\ntouch B.txt\n", to: name)
    }
    let outcome = try commands.shell(line.text, in: folder).run(seconds: 120)
    #expect(outcome.ending == .exited(line.status), "\(outcome)")
    #expect(folder.contains("A.txt") == (line.refusal == nil), "\(outcome)")
    #expect(folder.contains("B.txt") == (line.refusal == nil), "\(outcome)")
    if let refusal = line.refusal {
      #expect(outcome.errorText.contains(refusal), "\(outcome)")
      #expect(try folder.names() == ["TaskFile", "TaskFileName", "Tasks"], "\(outcome)")
    }
  }
}
