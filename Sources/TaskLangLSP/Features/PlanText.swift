import TaskLang

/// What a statement adds to the plan, in words.
enum PlanText {
  /// A sentence or two, as "Task 12."; `nil` for what adds nothing.
  static func summary(of view: StatementView) -> String? {
    switch view.item {
    case .task(let id): "Task \(id)."
    case .repeated(_, let indexes, _):
      if indexes.count == 1 {
        "Task \(view.ids.lowerBound), index \(indexes.start)."
      } else {
        "\(grouped(indexes.count)) tasks, \(view.ids.lowerBound) to \(view.ids.upperBound - 1), "
          + "index \(range(of: indexes))."
      }
    case .barrier(let id, _): "It takes the id \(id)."
    case .perEngine(let index, let directive):
      "PERENGINE \(directive.moment == .start ? "START" : "STOP") number \(index)."
    case .end(.latePerEngine): "The file is read no further than this line."
    case .end(.tooLarge): "A number of 2^63 or more: the file is read no further than this line."
    case .nothing: nil
    }
  }

  /// Indexes as "100 to 150 step 50".
  static func range(
    of indexes: RepeatRange,
    writing number: (Int) -> String = { String($0) }
  ) -> String {
    if indexes.count == 1 || indexes.step == 0 { return number(indexes.start) }
    let ends = "\(number(indexes.start)) to \(number(indexes[indexes.count - 1]))"
    return indexes.step == 1 ? ends : "\(ends) step \(indexes.step)"
  }

  /// A number with commas between its thousands.
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A number and a noun, as "1 task" or "1,200 tasks".
  static func count(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
