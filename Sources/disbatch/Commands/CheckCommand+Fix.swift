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
    let applier = FixApplier(allowsUnsafe: mending.allowsUnsafe) {
      Self.findings(in: $0, options)
    }
    let result = applier.apply(to: source)
    let hasErrors = result.diagnostics.contains { $0.severity == .error }
    var buffer: [UInt8] = []
    if case .diff = mending {
      let path = String(file.drop { $0 == "/" })
      UnifiedDiff.append(source, result.source, path: path, to: &buffer)
    } else if file == "-" {
      buffer = hasErrors ? source : result.source
    }
    _ = output.drain(&buffer)
    show(result.diagnostics, of: input.displayName, &report)
    if isInPlace, !hasErrors, result.source != source {
      var replacement = try OutputFile(file)
      var bytes = result.source
      _ = replacement.drain(&bytes)
      try replacement.finish()
      let count = result.appliedCount
      console.say("\(file): \(count) finding\(count == 1 ? "" : "s") mended")
    }
    if hasErrors, result.source != source, case .inPlace = mending {
      console.say("\(file): errors are left, so nothing was written")
    }
    return hasErrors ? ExitCode.failure : ExitCode.success
  }

  /// What is left is said on stderr: stdout has the patch, or the mended text.
  private func show(
    _ diagnostics: [Diagnostic],
    of file: String,
    _ report: inout DiagnosticReport
  ) {
    var buffer: [UInt8] = []
    report.append(diagnostics, of: file, to: &buffer)
    report.endFile(file, to: &buffer)
    console.write(buffer)
  }

  /// Everything that is found in an input that is held whole.
  private static func findings(in source: [UInt8], _ options: LintOptions) -> [Diagnostic] {
    var frontEnd = FrontEnd(checker: checker(options))
    _ = frontEnd.read(source.span)
    frontEnd.finish()
    return frontEnd.checker?.diagnostics ?? []
  }
}
