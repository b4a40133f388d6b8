/// Every finding there is, by its stable code.
///
/// Codes are never given to something else. Each has a name that says the same in words; both are
/// accepted wherever a code is asked for.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  case unknownDirective = "DB101"
  case lowercaseMarker = "DB102"
  case displacedMarker = "DB103"
  case markerWithoutSpace = "DB104"
  case extraSpaceAfterMarker = "DB105"
  case missingSpaceAfterKeyword = "DB106"
  case tabAfterKeyword = "DB107"
  case barrierCase = "DB108"
  case barrierCheckLost = "DB109"
  case barrierTrailingText = "DB110"
  case perengineEventCase = "DB111"
  case perengineEvent = "DB112"
  case repeatClauseIsCommand = "DB113"
  case repeatCount = "DB114"
  case commentOnDirective = "DB115"
  case keywordStyle = "DB116"
  case sbatchLine = "DB117"
  case perengineTooLate = "DB201"
  case perengineWindowClosed = "DB202"
  case repeatZero = "DB203"
  case repeatStepZero = "DB204"
  case repeatIndexUnused = "DB205"
  case repeatEmptyCommand = "DB206"
  case barrierFirst = "DB207"
  case barrierLast = "DB208"
  case barrierRepeated = "DB209"
  case checkAfterPlainBarrier = "DB210"
  case affixUnused = "DB212"
  case perengineInheritsAffix = "DB213"
  case perengineFailureChecked = "DB214"
  case noTasks = "DB215"
  case duplicateTask = "DB216"
  case shebang = "DB217"
  case commandTooLong = "DB701"
  case nulByte = "DB702"
  case indexOverflow = "DB703"
  case hugeRepeat = "DB704"
  case bom = "DB801"
  case loneCr = "DB802"
  case invisibleSpace = "DB803"
  case smartQuotes = "DB804"
  case invalidUtf8 = "DB805"
  case resumeUnreadable = "DB806"
  case significantTrailingSpace = "DB807"
  case limitReached = "DB905"

  /// The name in words, as `unknown-directive`.
  public var name: String {
    switch self {
    case .unknownDirective: "unknown-directive"
    case .lowercaseMarker: "lowercase-marker"
    case .displacedMarker: "displaced-marker"
    case .markerWithoutSpace: "marker-without-space"
    case .extraSpaceAfterMarker: "extra-space-after-marker"
    case .missingSpaceAfterKeyword: "missing-space-after-keyword"
    case .tabAfterKeyword: "tab-after-keyword"
    case .barrierCase: "barrier-case"
    case .barrierCheckLost: "barrier-check-lost"
    case .barrierTrailingText: "barrier-trailing-text"
    case .perengineEventCase: "perengine-event-case"
    case .perengineEvent: "perengine-event"
    case .repeatClauseIsCommand: "repeat-clause-is-command"
    case .repeatCount: "repeat-count"
    case .commentOnDirective: "comment-on-directive"
    case .keywordStyle: "keyword-style"
    case .sbatchLine: "sbatch-line"
    case .perengineTooLate: "perengine-too-late"
    case .perengineWindowClosed: "perengine-window-closed"
    case .repeatZero: "repeat-zero"
    case .repeatStepZero: "repeat-step-zero"
    case .repeatIndexUnused: "repeat-index-unused"
    case .repeatEmptyCommand: "repeat-empty-command"
    case .barrierFirst: "barrier-first"
    case .barrierLast: "barrier-last"
    case .barrierRepeated: "barrier-repeated"
    case .checkAfterPlainBarrier: "check-after-plain-barrier"
    case .affixUnused: "affix-unused"
    case .perengineInheritsAffix: "perengine-inherits-affix"
    case .perengineFailureChecked: "perengine-failure-checked"
    case .noTasks: "no-tasks"
    case .duplicateTask: "duplicate-task"
    case .shebang: "shebang"
    case .commandTooLong: "command-too-long"
    case .nulByte: "nul-byte"
    case .indexOverflow: "index-overflow"
    case .hugeRepeat: "huge-repeat"
    case .bom: "bom"
    case .loneCr: "lone-cr"
    case .invisibleSpace: "invisible-space"
    case .smartQuotes: "smart-quotes"
    case .invalidUtf8: "invalid-utf8"
    case .resumeUnreadable: "resume-unreadable"
    case .significantTrailingSpace: "significant-trailing-space"
    case .limitReached: "limit-reached"
    }
  }

  /// How bad the finding is unless the user says otherwise.
  public var severity: Severity {
    switch self {
    case .unknownDirective,
      .markerWithoutSpace,
      .extraSpaceAfterMarker,
      .missingSpaceAfterKeyword,
      .tabAfterKeyword,
      .barrierCase,
      .barrierCheckLost,
      .perengineEventCase,
      .perengineEvent,
      .repeatClauseIsCommand,
      .repeatCount,
      .perengineTooLate,
      .perengineWindowClosed,
      .repeatEmptyCommand,
      .nulByte,
      .indexOverflow,
      .bom:
      .error
    case .lowercaseMarker,
      .displacedMarker,
      .barrierTrailingText,
      .commentOnDirective,
      .sbatchLine,
      .repeatZero,
      .repeatStepZero,
      .repeatIndexUnused,
      .barrierFirst,
      .barrierRepeated,
      .checkAfterPlainBarrier,
      .affixUnused,
      .perengineInheritsAffix,
      .noTasks,
      .commandTooLong,
      .loneCr,
      .invisibleSpace,
      .smartQuotes:
      .warning
    case .barrierLast,
      .perengineFailureChecked,
      .hugeRepeat,
      .invalidUtf8,
      .limitReached:
      .info
    case .keywordStyle,
      .duplicateTask,
      .shebang,
      .resumeUnreadable,
      .significantTrailingSpace:
      .hint
    }
  }

  /// The first three characters of the code, as `DB1`: what `--deny` and the like take as a group.
  public var family: String { String(rawValue.prefix(3)) }

  /// Whether it is a pedantic finding that shows only when asked for by code or family.
  public var isOptIn: Bool {
    switch self {
    case .perengineFailureChecked, .duplicateTask, .shebang, .resumeUnreadable,
      .significantTrailingSpace:
      true
    default: false
    }
  }

  /// Whether it is an error of the language itself, for which `run`, `expand` and `fmt` refuse a
  /// file: error severity in the families DB1, DB2, DB7 and DB8.
  public var refusesFile: Bool {
    severity == .error && ["DB1", "DB2", "DB7", "DB8"].contains(family)
  }
}
