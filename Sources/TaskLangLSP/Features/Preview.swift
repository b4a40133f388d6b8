import TaskLang

/// What will run, as text.
enum Preview {
  /// Largest expansion that is made for an editor, in bytes.
  private static let expansionLimit = 4 << 20
  /// Tasks that a preview shows.
  private static let taskLimit = 10

  /// The flat plan of a document.
  static func expansion(of document: Document) -> String {
    let name = document.uri.split(separator: "/").last.map(String.init) ?? document.uri
    var expander = Expander(format: .tasks, name: name, checks: false)
    var text: [UInt8] = []
    func isWithinLimit(_ output: inout [UInt8]) -> Bool { output.count < expansionLimit }
    var goesOn = true
    for block in document.buffer.blocks where goesOn {
      goesOn = expander.read(block.bytes.span, into: &text) { isWithinLimit(&$0) }
    }
    if goesOn { expander.finish(into: &text) { isWithinLimit(&$0) } }
    if text.count >= expansionLimit {
      text += Array("# ... and more: 'disbatch expand' writes all of it\n".utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first commands from a line on, with their ids.
  static func tasks(of document: Document, fromLine line: Int) -> String {
    var rows: [String] = []
    var left = 0
    let start = document.buffer.offset(ofLine: line)
    document.forEachStatement(in: start..<document.buffer.count) { view, bytes, lowering in
      guard let body = view.body, view.line.number >= line else { return true }
      var command = lowering.prefix.bytes
      for index in body { command.append(bytes[index]) }
      command += lowering.suffix.bytes
      let text = String(decoding: command.prefix(1000), as: UTF8.self)
      switch view.item {
      case .task(let id): rows.append("#\(id)  \(text)")
      case .repeated(let first, let indexes, _):
        let shown = min(indexes.count, taskLimit - rows.count)
        for place in 0..<shown {
          rows.append("#\(first + place)  index \(indexes[place])  \(text)")
        }
        left += indexes.count - shown
      case .nothing, .barrier, .perEngine, .end: break
      }
      // A REPEAT is previewed by itself; from the top, the file is.
      if case .repeated = view.item, line > 1 { return false }
      return rows.count < taskLimit
    }
    if rows.isEmpty { return "no tasks from line \(line) on" }
    if left > 0 { rows.append("... and \(PlanText.grouped(left)) more") }
    return rows.joined(separator: "\n")
  }
}
