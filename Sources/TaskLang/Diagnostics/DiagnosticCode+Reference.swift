extension DiagnosticCode {
  /// What disBatch 3.0 does with such a line, behind "would have".
  ///
  /// `nil` for what refuses no file, and for what is an error here even without the checks.
  public var referenceBehaviour: String? {
    switch self {
    case .unknownDirective, .extraSpaceAfterMarker, .missingSpaceAfterKeyword, .tabAfterKeyword,
      .barrierCase, .perengineEvent, .repeatCount:
      "dropped the line with a word in its log only"
    case .markerWithoutSpace: "run the line as a task that does nothing"
    case .barrierCheckLost: "waited without checking for failures"
    case .barrierKeyLost: "waited without putting a key"
    case .perengineEventCase: "crashed and hung, where the event is taken as meant here"
    case .repeatClauseIsCommand: "run those words as the command"
    case .repeatEmptyCommand: "run empty commands"
    case .perengineTooLate, .perengineWindowClosed:
      "read no further than the PERENGINE and ended with status 0"
    case .statusFile: "run each of its lines as a command"
    case .nulByte: "failed to start the task"
    case .bom: "taken the first line for a task"
    default: nil
    }
  }
}
