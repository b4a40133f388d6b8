import TaskLang

/// What the checks find in an input.
struct Checked {
  let diagnostics: [Diagnostic]
  let omitted: [DiagnosticCode: Int]
  let firstRefusal: Diagnostic?
  /// How many commands were like one that had been parsed.
  let passedOver: Int

  /// Checks an input, handed over in chunks of `chunkBytes`; no folder but `there` exists.
  init(
    _ source: [UInt8],
    _ options: LintOptions = LintOptions(),
    chunkBytes: Int = 1 << 20,
    remembersOutlines: Bool = true
  ) {
    let checker = Checker(
      options: options,
      folderExists: { $0 == Array("there".utf8) },
      remembersOutlines: remembersOutlines
    )
    var frontEnd = FrontEnd(checker: checker)
    var start = 0
    while start < source.count {
      let chunk = Array(source[start..<min(source.count, start + chunkBytes)])
      guard frontEnd.read(chunk.span, { _, _, _, _, _ in true }) else { break }
      start += chunkBytes
    }
    frontEnd.finish { _, _, _, _, _ in true }
    diagnostics = frontEnd.checker?.diagnostics ?? []
    omitted = frontEnd.checker?.omitted ?? [:]
    passedOver = frontEnd.checker?.shell?.passedOver ?? 0
    firstRefusal = frontEnd.checker?.firstRefusal
  }

  /// The codes that were found, each once, in their order.
  var codes: [String] { Set(diagnostics.map(\.code.rawValue)).sorted() }

  /// Every opt-in rule on.
  static let pedantic = LintOptions(
    enabled: Set(DiagnosticCode.allCases.filter(\.isOptIn)),
    obeysComments: true
  )
}

/// The expansion that a fix must not change to be safe: every plan item with its text.
func expansion(of source: [UInt8]) -> [UInt8] {
  var out: [UInt8] = []
  var expander = Expander(format: .json, name: "Tasks", checks: false)
  _ = expander.read(source.span, into: &out) { _ in true }
  expander.finish(into: &out) { _ in true }
  return out
}

/// The input with a fix applied.
func applied(_ fix: FixIt, to source: [UInt8]) -> [UInt8] {
  var out: [UInt8] = []
  var next = 0
  for edit in fix.edits {
    out += source[next..<edit.span.start.offset] + edit.text
    next = edit.span.end.offset
  }
  return out + source[next...]
}
