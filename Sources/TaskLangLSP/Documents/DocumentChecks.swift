package import TaskLang

/// The checks of a document, made in slices between messages.
///
/// What is expensive is kept by block: after an edit, the blocks whose bytes or meaning it changed are
/// looked at, and the checks are made again from what is known of all of them. So the findings are
/// those of a document that was just opened, for the price of the lines that mean something else now.
package struct DocumentChecks: Sendable {
  /// Most findings that are kept; editors become slow long before people read them.
  private static let findingLimit = 2000

  /// What is looked for.
  let options: LintOptions
  private let folderExists: (@Sendable ([UInt8]) -> Bool)?
  private var records: [StretchRecord?] = []
  private var observer: ShellChecker
  private var checker: Checker
  private var nextBlock = 0
  /// The findings, once they are complete.
  private(set) var diagnostics: [Diagnostic]?

  /// Makes checks of which none is made yet.
  ///
  /// - Parameters:
  ///   - options: What is looked for.
  ///   - folderExists: Whether there is a folder of that path, for DB507; without it that rule is off.
  init(options: LintOptions, folderExists: (@Sendable ([UInt8]) -> Bool)? = nil) {
    self.options = options
    self.folderExists = folderExists
    observer = ShellChecker.observer(options: options, knowsFolders: folderExists != nil)
    checker = Checker(options: options, folderExists: folderExists)
  }

  /// What is looked for with some settings.
  package static func options(_ settings: SettingsFile = SettingsFile()) -> LintOptions {
    var options = LintOptions(limit: findingLimit, checksShell: true, obeysComments: true)
    settings.apply(to: &options, before: [])
    return options
  }

  /// Whether there is nothing left to do.
  var isComplete: Bool { diagnostics != nil }

  /// Forgets what an edit made void.
  ///
  /// - Parameters:
  ///   - change: What the edit did to the blocks.
  ///   - blocks: The blocks of the new text whose bytes or state in front have changed.
  mutating func forget(_ change: TextBuffer.Change, read blocks: Range<Int>) {
    startAgain()
    guard !records.isEmpty else { return }
    records.replaceSubrange(change.removed, with: repeatElement(nil, count: change.added))
    for index in blocks { records[index] = nil }
  }

  private mutating func startAgain() {
    diagnostics = nil
    checker = Checker(options: options, folderExists: folderExists)
    nextBlock = 0
  }

  /// Goes on with the checks.
  ///
  /// - Parameters:
  ///   - text: The document.
  ///   - effort: How far: about the lines that are looked at; others cost little.
  mutating func advance(_ text: DocumentText, effort: Int) {
    guard diagnostics == nil else { return }
    let count = text.buffer.blocks.count
    if records.isEmpty { records = Array(repeating: nil, count: count) }
    var left = effort
    while nextBlock < count, left > 0 {
      left -= check(nextBlock, text)
      nextBlock += 1
    }
    guard nextBlock == count else { return }
    checker.finish(text.outline.exit)
    diagnostics = checker.diagnostics
    // Its memory of a large file is as large; it is made anew from the records.
    checker = Checker(options: options, folderExists: folderExists)
  }

  /// The same checks of another text.
  func anew() -> DocumentChecks { DocumentChecks(options: options, folderExists: folderExists) }

  /// Checks a block.
  ///
  /// - Returns: The effort that it took.
  private mutating func check(_ index: Int, _ text: DocumentText) -> Int {
    let lines = text.buffer.blocks[index].lineFeeds + 1
    var effort = 1
    let record: StretchRecord
    if let known = records[index] {
      record = known
    } else {
      let bytes = text.buffer.blocks[index].bytes
      let entry = text.outline.entries[index]
      record = StretchRecord(bytes.span, at: text.start(ofBlock: index), entry: entry, &observer)
      records[index] = record
      effort += lines
    }
    switch BlockReplay(text, index, record).run(&checker) {
    case .marks: effort += record.marks.count + record.shell.tasks.count / 8
    case .statements: effort += lines / 4
    case .everything: effort += lines
    }
    return effort
  }
}
