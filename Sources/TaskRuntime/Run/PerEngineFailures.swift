import TaskLang
package import TaskScheduler

/// A PERENGINE command that failed.
package struct PerEngineFailure: Sendable {
  /// Which command it was, and how it ended.
  package var end: PerEngineEnd
  /// Number of its line.
  package var line: Int
  package var command: [UInt8]
  /// How it failed.
  package var words: FailureWords

  package init(
    _ end: PerEngineEnd,
    line: Int,
    command: [UInt8],
    words: FailureWords
  ) {
    self.end = end
    self.line = line
    self.command = command
    self.words = words
  }
}

/// PERENGINE commands that failed, grouped by command and end; engines are counted.
package struct PerEngineFailures: Sendable {
  /// A command that failed in one way.
  private struct Group {
    /// The first one; its command is cut where it is long.
    let first: PerEngineFailure
    /// The first engine on which it failed, and that engine's host.
    let engine: EngineID
    let node: String
    var engineCount = 1
  }

  private static let mostGroups = 5
  private static let commandLimit = 200

  private var groups: [Group] = []
  /// Failures beyond the groups that are listed.
  private var otherCount = 0

  package init() {}

  /// Takes one.
  ///
  /// - Parameters:
  ///   - failure: What failed, and how.
  ///   - engine: The engine that ran it.
  ///   - node: That engine's host.
  package mutating func take(_ failure: PerEngineFailure, on engine: EngineID, node: String) {
    let place = groups.firstIndex {
      $0.first.end.moment == failure.end.moment && $0.first.end.index == failure.end.index
        && $0.first.words.reason == failure.words.reason
    }
    if let place {
      groups[place].engineCount += 1
    } else if groups.count < Self.mostGroups {
      var first = failure
      if first.command.count > Self.commandLimit {
        first.command = first.command.prefix(Self.commandLimit) + Array("...".utf8)
      }
      groups.append(Group(first: first, engine: engine, node: node))
    } else {
      otherCount += 1
    }
  }

  /// Lines about each group, and one about failures beyond them.
  package var lines: [String] {
    var lines = groups.flatMap(Self.lines(of:))
    if otherCount > 0 { lines.append("other failures of PERENGINE commands: \(otherCount)") }
    return lines
  }

  /// How a command failed, where, and the last line of its error output below that.
  private static func lines(of group: Group) -> [String] {
    let first = group.first
    let moment = first.end.moment == .start ? "START" : "STOP"
    let name = "PERENGINE \(moment) \(first.end.index)"
    let several = group.engineCount == 1 ? "" : "\(group.engineCount) engines, first on "
    let line =
      "\(name) (line \(first.line)) \(first.words.reason) on \(several)engine "
      + "\(group.engine.rawValue) (\(group.node)): \(SystemText.text(of: first.command))"
    return [line] + (first.words.errorLine.map { ["  " + $0] } ?? [])
  }
}
