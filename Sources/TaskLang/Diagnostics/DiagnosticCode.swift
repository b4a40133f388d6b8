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
  case barrierKeyLost = "DB118"
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
  case statusFile = "DB218"
  case shellSyntax = "DB301"
  case affixGlued = "DB302"
  case numberGluedRedirect = "DB303"
  case commentSwallowsSuffix = "DB304"
  case commentInPrefix = "DB305"
  case multiLineConstruct = "DB306"
  case lineContinuation = "DB307"
  case heredoc = "DB308"
  case braceGroup = "DB309"
  case optionLikeCommand = "DB310"
  case positionalParameter = "DB311"
  case redirectLastOnly = "DB401"
  case backgroundEscapes = "DB402"
  case cdUnchecked = "DB403"
  case statusMasked = "DB404"
  case earlyExit = "DB405"
  case redirectOrder = "DB406"
  case stderrNotCaptured = "DB407"
  case outputNotCaptured = "DB408"
  case noEffectTask = "DB409"
  case readsStdin = "DB410"
  case nestedLauncher = "DB411"
  case activationUnchecked = "DB412"
  case logCollision = "DB501"
  case repeatLogShared = "DB502"
  case repeatRangesOverlap = "DB503"
  case perengineLogShared = "DB504"
  case engineRankInTaskLog = "DB505"
  case appendShared = "DB506"
  case logDirectoryMissing = "DB507"
  case manyFiles = "DB508"
  case zeroPadOverflow = "DB509"
  case unknownVariable = "DB601"
  case variableRunsOn = "DB602"
  case repeatIndexOutsideRepeat = "DB603"
  case paddedInArithmetic = "DB604"
  case quotedVariable = "DB605"
  case variableAssigned = "DB606"
  case undocumentedVariable = "DB607"
  case foreignSyntax = "DB608"
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
  case unusedSuppression = "DB901"
  case unknownCode = "DB902"
  case malformedSuppression = "DB903"
  case unknownSetting = "DB904"
  case limitReached = "DB905"
  /// What the program shellcheck finds; the finding has the number.
  case shellcheck = "SC"

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
    case .barrierKeyLost: "barrier-key-lost"
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
    case .statusFile: "status-file"
    case .shellSyntax: "shell-syntax"
    case .affixGlued: "affix-glued"
    case .numberGluedRedirect: "number-glued-redirect"
    case .commentSwallowsSuffix: "comment-swallows-suffix"
    case .commentInPrefix: "comment-in-prefix"
    case .multiLineConstruct: "multi-line-construct"
    case .lineContinuation: "line-continuation"
    case .heredoc: "heredoc"
    case .braceGroup: "brace-group"
    case .optionLikeCommand: "option-like-command"
    case .positionalParameter: "positional-parameter"
    case .redirectLastOnly: "redirect-last-only"
    case .backgroundEscapes: "background-escapes"
    case .cdUnchecked: "cd-unchecked"
    case .statusMasked: "status-masked"
    case .earlyExit: "early-exit"
    case .redirectOrder: "redirect-order"
    case .stderrNotCaptured: "stderr-not-captured"
    case .outputNotCaptured: "output-not-captured"
    case .noEffectTask: "no-effect-task"
    case .readsStdin: "reads-stdin"
    case .nestedLauncher: "nested-launcher"
    case .activationUnchecked: "activation-unchecked"
    case .logCollision: "log-collision"
    case .repeatLogShared: "repeat-log-shared"
    case .repeatRangesOverlap: "repeat-ranges-overlap"
    case .perengineLogShared: "perengine-log-shared"
    case .engineRankInTaskLog: "engine-rank-in-task-log"
    case .appendShared: "append-shared"
    case .logDirectoryMissing: "log-directory-missing"
    case .manyFiles: "many-files"
    case .zeroPadOverflow: "zero-pad-overflow"
    case .unknownVariable: "unknown-variable"
    case .variableRunsOn: "variable-runs-on"
    case .repeatIndexOutsideRepeat: "repeat-index-outside-repeat"
    case .paddedInArithmetic: "padded-in-arithmetic"
    case .quotedVariable: "quoted-variable"
    case .variableAssigned: "variable-assigned"
    case .undocumentedVariable: "undocumented-variable"
    case .foreignSyntax: "foreign-syntax"
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
    case .unusedSuppression: "unused-suppression"
    case .unknownCode: "unknown-code"
    case .malformedSuppression: "malformed-suppression"
    case .unknownSetting: "unknown-setting"
    case .limitReached: "limit-reached"
    case .shellcheck: "shellcheck"
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
      .barrierKeyLost,
      .perengineEventCase,
      .perengineEvent,
      .repeatClauseIsCommand,
      .repeatCount,
      .perengineTooLate,
      .perengineWindowClosed,
      .repeatEmptyCommand,
      .statusFile,
      .shellSyntax,
      .numberGluedRedirect,
      .commentSwallowsSuffix,
      .commentInPrefix,
      .multiLineConstruct,
      .lineContinuation,
      .heredoc,
      .braceGroup,
      .optionLikeCommand,
      .variableRunsOn,
      .paddedInArithmetic,
      .nulByte,
      .indexOverflow,
      .bom,
      .unknownSetting:
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
      .affixGlued,
      .positionalParameter,
      .redirectLastOnly,
      .backgroundEscapes,
      .statusMasked,
      .earlyExit,
      .redirectOrder,
      .noEffectTask,
      .logCollision,
      .repeatLogShared,
      .repeatRangesOverlap,
      .perengineLogShared,
      .engineRankInTaskLog,
      .logDirectoryMissing,
      .unknownVariable,
      .repeatIndexOutsideRepeat,
      .variableAssigned,
      .foreignSyntax,
      .commandTooLong,
      .loneCr,
      .invisibleSpace,
      .smartQuotes,
      .unusedSuppression,
      .unknownCode,
      .malformedSuppression:
      .warning
    case .barrierLast,
      .perengineFailureChecked,
      .cdUnchecked,
      .activationUnchecked,
      .stderrNotCaptured,
      .outputNotCaptured,
      .appendShared,
      .manyFiles,
      .zeroPadOverflow,
      .hugeRepeat,
      .invalidUtf8,
      .limitReached,
      .shellcheck:
      .info
    case .keywordStyle,
      .duplicateTask,
      .shebang,
      .readsStdin,
      .nestedLauncher,
      .quotedVariable,
      .undocumentedVariable,
      .resumeUnreadable,
      .significantTrailingSpace:
      .hint
    }
  }

  /// The first three characters of the code, as `DB1`, and `SC`: what `--deny` and the like take as a group.
  public var family: String { String(rawValue.prefix(3)) }

  /// Whether it is a pedantic finding that shows only when asked for by code or family.
  public var isOptIn: Bool {
    switch self {
    case .perengineFailureChecked, .duplicateTask, .shebang, .resumeUnreadable,
      .significantTrailingSpace, .readsStdin, .nestedLauncher, .appendShared,
      .logDirectoryMissing, .quotedVariable, .undocumentedVariable:
      true
    default: false
    }
  }

  /// Whether it is about the shell text of commands.
  public var isOfShell: Bool { ["DB3", "DB4", "DB5", "DB6", "SC"].contains(family) }

  /// Whether it is an error of the language itself, for which `run`, `expand` and `fmt` refuse a
  /// file: error severity in the families DB1, DB2, DB7 and DB8.
  public var refusesFile: Bool {
    severity == .error && ["DB1", "DB2", "DB7", "DB8"].contains(family)
  }
}
