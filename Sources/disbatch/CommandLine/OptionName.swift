/// The long name of an option, without dashes: how users write it and how commands ask for it.
enum OptionName: String, Sendable {
  case help
  case version
  case color
  case format
  case output
  case inline
  case noCheck = "no-check"
  case all
  case writeDocs = "write-docs"
  case check
  case diff
  case failed
  case progress
  case dryRun = "dry-run"
  case task
  case quiet
  case sshNode = "ssh-node"
  case jobs
  case cpusPerTask
  case tasksPerNode
  case fill
  case envResource = "env-resource"
  case nice
  case gpu
  case prefix
  case statusHeader = "status-header"
  case logFile = "logfile"
  case logLevel = "loglevel"
  case label
  case mailTo
  case mailFreq
  case exitCode = "exit-code"
  case failFast = "fail-fast"
  case grace
  case resumeBy = "resume-by"
  case timeout
  case retries
  case retryOn = "retry-on"
  case retryDelay = "retry-delay"
  case halt
  case contextTaskLimit = "context-task-limit"
  case noRequeue = "no-requeue"
  case resumeFrom = "resume-from"
  case retry
  case forceResume = "force-resume"
  case startupOnly = "startup-only"
  case noRetire = "no-retire"
  case retireCommand = "retire-cmd"
  case useAddress = "use-address"
  case kvsServer = "kvsserver"
  case taskCommand = "taskcommand"
  case taskServer = "taskserver"
  case web
  case maxErrors = "max-errors"
  case fix
  case unsafeFixes = "unsafe-fixes"
  case deny
  case warn
  case allow
  case shellcheck
  case checkPaths = "check-paths"
  case config
  case noConfig = "no-config"
  case stdio
  case clientProcessID = "clientProcessId"
  case socket
  case pipe
  case nodeIPC = "node-ipc"
  case results
  case outputLimit = "output-limit"
  case stdout
  case stderr
  case attempt
  case list
}

extension OptionName: CustomStringConvertible {
  /// The name as it is written on a command line.
  var description: String { "--\(rawValue)" }
}
