import TaskLang

/// A variable that tasks see.
struct Variable: Sendable {
  /// Its whole name.
  let name: String
  /// What it holds, as a sentence.
  let meaning: String
  /// How its value follows from the plan.
  private let value: Value

  private enum Value: Sendable { case taskID, repeatIndex, streamIndex, slot, unknown }

  /// All of them.
  static let all: [Variable] = [
    Variable("TASKID", "The task's id; of a PERENGINE command its own count.", .taskID),
    Variable("TASKID_ZP", "The task's id in six digits or more, for names that sort.", .taskID),
    Variable("REPEAT_INDEX", "The index within a REPEAT; -1 for other tasks.", .repeatIndex),
    Variable("REPEAT_INDEX_ZP", "The index within a REPEAT in six digits or more.", .repeatIndex),
    Variable("STREAM_INDEX", "The number of the task's line, from 1.", .streamIndex),
    Variable(
      "STREAM_INDEX_ZP",
      "The number of the task's line in six digits or more.",
      .streamIndex
    ),
    Variable(
      "JOBID",
      "What the names of the run's own files begin with, without their folder: what `-p` names, or else "
        + "the task file's name, `_disBatch_`, the time and a number.",
      .unknown
    ),
    Variable("NAMETASKS", "The name of the task file, without its folder.", .unknown),
    Variable("ENGINE_RANK", "The number of the engine that runs the task.", .unknown),
    Variable(
      "CYLINDER_RANK",
      "The number of the slot that runs the task; -1 for PERENGINE commands.",
      .slot
    ),
    Variable("CORES_PER_TASK", "Cores that each task may use.", .unknown),
    Variable("ATTEMPT", "Which attempt at the task this is, from 1.", .unknown),
    Variable("RUN_ID", "What no other run has: 32 random digits.", .unknown),
    Variable("KVSSTCP_HOST", "Where the key-value server is, while there is one.", .unknown),
  ]

  private init(_ name: String, _ meaning: String, _ value: Value) {
    self.name = "DISBATCH_" + name
    self.meaning = meaning
    self.value = value
  }

  /// The variable of a name.
  static func named(_ name: String) -> Variable? { all.first { $0.name == name } }

  /// The name that a byte of a line is part of, if it is one of ours.
  static func name(
    at place: Int,
    in line: [UInt8],
    within piece: Range<Int>
  ) -> (range: Range<Int>, name: String)? {
    var start = min(place, piece.upperBound)
    while start > piece.lowerBound, isNameByte(line[start - 1]) { start -= 1 }
    var end = min(place, piece.upperBound)
    while end < piece.upperBound, isNameByte(line[end]) { end += 1 }
    let name = String(decoding: line[start..<end], as: UTF8.self)
    return name.hasPrefix("DISBATCH_") ? (start..<end, name) : nil
  }

  /// Whether a byte can be part of a shell variable's name.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }

  /// Its value in the commands of a statement, as far as the plan says it.
  func value(in view: StatementView) -> String? {
    let text: String?
    switch (value, view.item) {
    case (.unknown, _), (_, .nothing), (_, .end), (_, .barrier): text = nil
    case (.slot, .perEngine): text = "-1"
    case (.slot, _): text = nil
    case (.streamIndex, _): text = padded(view.line.number)
    case (.taskID, .perEngine(let index, _)): text = padded(index)
    case (.taskID, .task(let id)): text = padded(id)
    case (.taskID, .repeated(let first, let indexes, _)):
      let last = first + indexes.count - 1
      text = first == last ? padded(first) : "\(padded(first)) to \(padded(last))"
    case (.repeatIndex, .task), (.repeatIndex, .perEngine): text = padded(-1)
    case (.repeatIndex, .repeated(_, let indexes, _)):
      text = PlanText.range(of: indexes, writing: padded)
    }
    return text
  }

  /// What is shown beside the pointer.
  ///
  /// - Parameters:
  ///   - view: The statement that names it.
  ///   - reading: What bash makes of the name there.
  /// - Returns: The text.
  func explanation(in view: StatementView, _ reading: VariableReading) -> RichText {
    var text = RichText()
    text.code("$" + name, language: "sh")
    text.paragraph(meaning)
    switch reading {
    case .value: if let value = value(in: view) { text.paragraph("Here: `\(value)`.") }
    case .text: text.paragraph("Only its name stands here: bash does not put a value in its place.")
    case .quoted:
      text.paragraph(
        "It is quoted here: the shell of the task does not put a value in its place. A program that is "
          + "given this text may, as it finds the variable in its environment."
      )
    case .comment: text.paragraph("It stands in a comment here.")
    }
    return text
  }

  /// A number as `%06d` writes it where the variable is a padded one.
  private func padded(_ number: Int) -> String {
    guard name.hasSuffix("_ZP") else { return String(number) }
    let digits = String(number.magnitude)
    let width = number < 0 ? 5 : 6
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }
}
