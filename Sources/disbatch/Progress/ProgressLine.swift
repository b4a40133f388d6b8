import TaskScheduler

/// How a run stands, as one line of text; a pure function of what is known.
struct ProgressLine {
  /// The counts.
  var tally: Tally
  /// How many tasks there are in all, skipped ones not counted; `nil` while nobody knows.
  var total: Int?
  /// Since the run began, in seconds.
  var elapsedSeconds: Double
  /// Tasks that ended in each second, as seen lately; 0 when nothing is known yet.
  var rate: Double

  /// The line, at most `width` columns long; what matters least is left out first.
  func text(width: Int) -> String {
    var parts = [counts]
    if tally.failed > 0 { parts.append("\(tally.failed) failed") }
    parts.append("\(tally.running) running")
    if let eta { parts.append("\(Self.clock(eta)) left") }
    if rate > 0 { parts.append("\(Self.rounded(rate))/s") }
    if tally.skipped > 0 { parts.append("\(tally.skipped) skipped") }
    parts.append(Self.clock(elapsedSeconds))
    while parts.count > 1, parts.joined(separator: "  ").count > width { parts.removeLast() }
    var line = parts.joined(separator: "  ")
    if let total, total > 0 {
      let room = min(30, width - line.count - 3)
      if room >= 8 { line = bar(room, of: total) + " " + line }
    }
    return String(line.prefix(width))
  }

  /// Seconds until all have ended, if they go on as they did.
  var eta: Double? {
    guard let total, rate > 0 else { return nil }
    let left = Double(total) - Double(tally.ended)
    return left > 0 ? left / rate : nil
  }

  private var counts: String {
    guard let total else { return "\(tally.ended) done" }
    let percent = total == 0 ? 100 : Int(Double(tally.ended) * 100 / Double(total))
    return "\(tally.ended)/\(total)  \(percent)%"
  }

  private func bar(_ room: Int, of total: Int) -> String {
    let filled = Int(Double(room) * min(1, Double(tally.ended) / Double(total)))
    let tip = filled < room ? ">" : ""
    return "["
      + String(repeating: "=", count: filled) + tip
      + String(repeating: " ", count: room - filled - tip.count) + "]"
  }

  /// Seconds as `0:07`, `12:05` or `3:04:05`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }

  private static func rounded(_ rate: Double) -> String {
    if rate >= 10 { return "\(Int(rate.rounded()))" }
    let hundredths = Int((rate * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
