import TaskLang
import TaskRuntime

extension CheckCommand {
  /// What is done about what is found.
  enum Mending: Sendable, Equatable {
    /// It is shown.
    case none
    /// It is mended in place.
    case inPlace(allowsUnsafe: Bool)
    /// What would be mended is shown as a patch.
    case diff(allowsUnsafe: Bool)

    var allowsUnsafe: Bool {
      switch self {
      case .none: false
      case .inPlace(let allows), .diff(let allows): allows
      }
    }
  }

  /// There is room for a finding for so many bytes of a file, if it is not less than elsewhere: so even of
  /// a long file all is mended in a few rounds, in about ten times its memory at most.
  private static let bytesPerFinding = 64

  /// Mends one file, or shows how.
  ///
  /// A file that has errors afterwards is left as it is: what could be mended is of little use then,
  /// and the errors would be harder to find.
  func mend(
    _ file: String,
    _ options: LintOptions,
    _ report: inout DiagnosticReport,
    to output: inout OutputFile
  ) throws(UsageError) -> Int32 {
    var isInPlace = false
    if case .inPlace = mending { isInPlace = file != "-" }
    let input = try InputFile(file, isForMending: isInPlace)
    let source = try input.readWhole()
    var roomy = options
    roomy.limit = max(options.limit, source.count / Self.bytesPerFinding)
    roomy.ownLimit = roomy.limit
    let applier = FixApplier(allowsUnsafe: mending.allowsUnsafe) {
      Self.checked($0, roomy)?.diagnostics ?? []
    }
    let result = applier.apply(to: source)
    guard let checker = Self.checked(result.source, options) else { return ExitCode.success }
    let hasErrors = hasErrors(checker, options)
    var buffer: [UInt8] = []
    if case .diff = mending {
      let path = String(file.drop { $0 == "/" })
      UnifiedDiff.append(source, result.source, path: path, to: &buffer)
    } else if file == "-" {
      buffer = hasErrors ? source : result.source
    }
    _ = output.drain(&buffer)
    // What is left is said on stderr: stdout has the patch, or the mended text.
    show(checker, of: input.displayName, options, &report) { console.write($0) }
    if isInPlace, result.source != source {
      if hasErrors {
        console.say("\(file): errors are left, so nothing was written")
      } else {
        try write(result, leaving: findingCount(checker), to: file)
      }
    }
    if !result.isComplete { console.say("\(file): not all could be mended; run it again") }
    return hasErrors || !result.isComplete ? ExitCode.failure : ExitCode.success
  }

  private func findingCount(_ checker: Checker) -> Int {
    checker.diagnostics.count + checker.omitted.values.reduce(0, +)
  }

  private func write(
    _ result: FixApplier.Result,
    leaving left: Int,
    to file: String
  ) throws(UsageError) {
    var replacement = try OutputFile(file)
    var bytes = result.source
    _ = replacement.drain(&bytes)
    try replacement.finish()
    let count = result.appliedCount
    let rest = left == 0 ? "" : ", \(left) left"
    console.say("\(file): \(count) finding\(count == 1 ? "" : "s") mended\(rest)")
  }

  /// The checks behind the end of an input that is held whole.
  private static func checked(_ source: [UInt8], _ options: LintOptions) -> Checker? {
    var frontEnd = FrontEnd(checker: checker(options))
    _ = frontEnd.read(source.span)
    frontEnd.finish()
    return frontEnd.checker
  }
}
