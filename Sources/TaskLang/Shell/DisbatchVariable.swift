/// A variable that tasks find in their environment.
enum DisbatchVariable: CaseIterable {
  case jobID
  case nameTasks
  case repeatIndex
  case repeatIndexPadded
  case streamIndex
  case streamIndexPadded
  case taskID
  case taskIDPadded
  case engineRank
  case cylinderRank
  case coresPerTask
  case attempt
  case runID
  case keyServer
  case sshNodes
  case root

  /// The name in bytes that need no allocation.
  var spelling: StaticString {
    switch self {
    case .jobID: "DISBATCH_JOBID"
    case .nameTasks: "DISBATCH_NAMETASKS"
    case .repeatIndex: "DISBATCH_REPEAT_INDEX"
    case .repeatIndexPadded: "DISBATCH_REPEAT_INDEX_ZP"
    case .streamIndex: "DISBATCH_STREAM_INDEX"
    case .streamIndexPadded: "DISBATCH_STREAM_INDEX_ZP"
    case .taskID: "DISBATCH_TASKID"
    case .taskIDPadded: "DISBATCH_TASKID_ZP"
    case .engineRank: "DISBATCH_ENGINE_RANK"
    case .cylinderRank: "DISBATCH_CYLINDER_RANK"
    case .coresPerTask: "DISBATCH_CORES_PER_TASK"
    case .attempt: "DISBATCH_ATTEMPT"
    case .runID: "DISBATCH_RUN_ID"
    case .keyServer: "DISBATCH_KVSSTCP_HOST"
    case .sshNodes: "DISBATCH_SSH_NODELIST"
    case .root: "DISBATCH_ROOT"
    }
  }

  /// The name.
  var rawValue: String { spelling.description }

  /// Whether the documentation of disBatch 3.0 names it.
  var isDocumented: Bool {
    switch self {
    case .cylinderRank, .coresPerTask, .attempt, .runID, .keyServer, .root: false
    default: true
    }
  }

  /// Whether its value is always a number.
  var isNumber: Bool {
    switch self {
    case .jobID, .nameTasks, .runID, .keyServer, .sshNodes, .root: false
    default: true
    }
  }

  /// The variable that a stretch names, in its exact spelling.
  init?(_ bytes: Span<UInt8>, _ name: Range<Int>) {
    guard name.count > 9, bytes[name.lowerBound] == UInt8(ascii: "D") else { return nil }
    for known in Self.allCases where bytes.equals(known.spelling, name) {
      self = known
      return
    }
    return nil
  }

  /// The variable that a stretch of a command names.
  init?(_ parser: borrowing ShellParser, _ name: Range<Int>) {
    self.init(parser.text.span, name)
  }

  /// Which names it parts.
  var parts: ShellTarget.Variables {
    switch self {
    case .taskID: .task
    case .taskIDPadded: [.task, .padded]
    case .repeatIndex: .repeatIndex
    case .repeatIndexPadded: [.repeatIndex, .padded]
    case .streamIndex: .line
    case .streamIndexPadded: [.line, .padded]
    case .engineRank: .engine
    case .cylinderRank: .cylinder
    case .jobID, .nameTasks, .runID, .coresPerTask, .keyServer, .sshNodes, .root:
      .constant
    case .attempt: .opaque
    }
  }
}
