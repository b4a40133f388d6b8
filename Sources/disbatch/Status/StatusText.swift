import TaskLang
import TaskRuntime

/// A digest of status files for people.
enum StatusText {
  private static let groupLimit = 10
  /// Characters that are shown of why something failed.
  static let failureLimit = 90

  /// The whole answer.
  static func text(_ archive: StatusArchive, _ digest: StatusDigest) -> String {
    let failed = archive.failedIDs
    var text = heading(archive, digest, failed)
    text += failures(archive, failed)
    text += section("Failures of PERENGINE commands", digest.perEngineFailures, namesTask: false)
    text += table("Nodes", nodes(digest))
    if digest.stages.count > 1 { text += table("Stages", stages(digest)) }
    if digest.all.tasks > 1 { text += table("Slowest", slowest(digest)) }
    return text
  }

  /// A time as people say it: `0.250 s`, `12.3 s`, `3:07`, `2:15:00`.
  static func duration(_ time: Seconds) -> String {
    // A clock that was set back makes times below 0.
    if time < Seconds(nanoseconds: 0) {
      return "-" + duration(Seconds(nanoseconds: 0) - time)
    }
    let milliseconds = time.nanoseconds / 1_000_000
    if milliseconds < 10_000 { return "\(decimal(milliseconds, 3)) s" }
    if milliseconds < 60_000 { return "\(decimal(milliseconds / 100, 1)) s" }
    let seconds = milliseconds / 1000
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return hours > 0
      ? "\(hours):\(padded(minutes)):\(padded(seconds % 60))" : "\(minutes):\(padded(seconds % 60))"
  }

  private static func decimal(_ value: Int, _ places: Int) -> String {
    let scale = places == 3 ? 1000 : 10
    let fraction = String(value % scale)
    return "\(value / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func heading(
    _ archive: StatusArchive,
    _ digest: StatusDigest,
    _ failed: [Int]
  ) -> String {
    let lost = failed.filter { archive.history[$0]?.returnCode == -100 }.count
    var parts = ["\(archive.history.count - failed.count) done", "\(failed.count - lost) failed"]
    if lost > 0 { parts.append("\(lost) lost") }
    if digest.skipped > 0 { parts.append("\(digest.skipped) skipped, from an earlier run") }
    if digest.uncounted > 0 { parts.append("\(digest.uncounted) attempts that do not count") }
    var text = (digest.isLive ? "still running: " : "") + parts.joined(separator: ", ") + "\n"
    text += "wall time \(duration(digest.all.span)), tasks took \(duration(digest.all.busy))\n"
    if digest.perEngine > 0 {
      let several = digest.perEngine == 1 ? "" : "s"
      text += "\(digest.perEngine) PERENGINE command\(several), \(digest.perEngineFailed) failed\n"
    }
    if digest.leakedBytes > 0 {
      text += "\(digest.leakedBytes) bytes of output were not redirected to a file\n"
    }
    return text
  }

  private static func failures(_ archive: StatusArchive, _ failed: [Int]) -> String {
    var groups = FailureGroups()
    for id in failed {
      if let found = archive.history[id].flatMap({ archive.row(of: $0) }) { groups.take(found) }
    }
    return section("Failures", groups, namesTask: true)
  }

  /// Failures under a title, the most frequent first; nothing where there are none.
  private static func section(_ title: String, _ groups: FailureGroups, namesTask: Bool) -> String {
    let sorted = groups.sorted
    if sorted.isEmpty { return "" }
    var text = "\n\(title)\n"
    for group in sorted.prefix(groupLimit) {
      text += "  \(group.count) x \(shown(group.words.reason, failureLimit))"
      text += group.words.errorLine.map { ": \(shown($0, failureLimit))\n" } ?? "\n"
      text += "      first: \(namesTask ? "task \(group.firstID), " : "")line \(group.firstLine): "
      text += "\(shown(SystemText.text(of: group.firstCommand), 80))\n"
    }
    if sorted.count > groupLimit {
      text += "  and \(sorted.count - groupLimit) other ways of failing\n"
    }
    return text
  }

  /// Text from a file on one line of a terminal, safe for it, the middle cut.
  ///
  /// - Complexity: O(`limit`), however long the text.
  static func shown(_ text: String, _ limit: Int) -> String {
    let result = MessageText.drawn(ends(of: text, limit))
    if result.count <= limit { return result }
    return "\(result.prefix(limit / 2))...\(result.suffix(limit - limit / 2 - 3))"
  }

  /// A text, or its two ends where it is so long that the middle is cut in any case.
  private static func ends(of text: String, _ limit: Int) -> String {
    // A character has seldom more than a few scalars.
    let (edge, isTooMuch) = limit.multipliedReportingOverflow(by: 64)
    guard !isTooMuch, text.utf8.count / 2 > edge else { return text }
    return String(text.unicodeScalars.prefix(edge)) + String(text.unicodeScalars.suffix(edge))
  }

  private static func nodes(_ digest: StatusDigest) -> [[String]] {
    [["node", "tasks", "failed", "task time"]]
      + digest.nodes.sorted { $0.key < $1.key }.map { name, share in
        [shown(name, 60), "\(share.tasks)", "\(share.failed)", duration(share.busy)]
      }
  }

  private static func stages(_ digest: StatusDigest) -> [[String]] {
    [["stage", "tasks", "failed", "wall time", "at a time", "idle at its end"]]
      + digest.stages.enumerated().map { number, stage in
        [
          "\(number + 1)", "\(stage.share.tasks)", "\(stage.share.failed)",
          duration(stage.share.span), "\(stage.peak)", duration(stage.idle),
        ]
      }
  }

  private static func slowest(_ digest: StatusDigest) -> [[String]] {
    [["task", "line", "time", "command"]]
      + digest.slowest.prefix(5).map { task in
        [
          "\(task.id)", "\(task.line)", duration(task.elapsed),
          shown(SystemText.text(of: task.command), 60),
        ]
      }
  }

  /// Rows under a title; columns as wide as their widest cell.
  private static func table(_ title: String, _ rows: [[String]]) -> String {
    guard rows.count > 1 else { return "" }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var text = "\n\(title)\n"
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      text += "  " + cells.joined(separator: "  ") + "\n"
    }
    return text
  }
}
