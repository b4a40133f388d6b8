extension DiagnosticCode {
  /// What there is to say of it.
  package var page: ExplainPage {
    switch self {
    case .unknownDirective: .unknownDirective
    case .lowercaseMarker: .lowercaseMarker
    case .displacedMarker: .displacedMarker
    case .markerWithoutSpace: .markerWithoutSpace
    case .extraSpaceAfterMarker: .extraSpaceAfterMarker
    case .missingSpaceAfterKeyword: .missingSpaceAfterKeyword
    case .tabAfterKeyword: .tabAfterKeyword
    case .barrierCase: .barrierCase
    case .barrierCheckLost: .barrierCheckLost
    case .barrierTrailingText: .barrierTrailingText
    case .perengineEventCase: .perengineEventCase
    case .perengineEvent: .perengineEvent
    case .repeatClauseIsCommand: .repeatClauseIsCommand
    case .repeatCount: .repeatCount
    case .commentOnDirective: .commentOnDirective
    case .keywordStyle: .keywordStyle
    case .sbatchLine: .sbatchLine
    case .perengineTooLate: .perengineTooLate
    case .perengineWindowClosed: .perengineWindowClosed
    case .repeatZero: .repeatZero
    case .repeatStepZero: .repeatStepZero
    case .repeatIndexUnused: .repeatIndexUnused
    case .repeatEmptyCommand: .repeatEmptyCommand
    case .barrierFirst: .barrierFirst
    case .barrierLast: .barrierLast
    case .barrierRepeated: .barrierRepeated
    case .checkAfterPlainBarrier: .checkAfterPlainBarrier
    case .affixUnused: .affixUnused
    case .perengineInheritsAffix: .perengineInheritsAffix
    case .perengineFailureChecked: .perengineFailureChecked
    case .noTasks: .noTasks
    case .duplicateTask: .duplicateTask
    case .shebang: .shebang
    case .commandTooLong: .commandTooLong
    case .nulByte: .nulByte
    case .indexOverflow: .indexOverflow
    case .hugeRepeat: .hugeRepeat
    case .bom: .bom
    case .loneCr: .loneCr
    case .invisibleSpace: .invisibleSpace
    case .smartQuotes: .smartQuotes
    case .invalidUtf8: .invalidUtf8
    case .resumeUnreadable: .resumeUnreadable
    case .significantTrailingSpace: .significantTrailingSpace
    case .limitReached: .limitReached
    }
  }
}
