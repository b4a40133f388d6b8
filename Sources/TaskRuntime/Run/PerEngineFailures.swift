import TaskLang
package import TaskScheduler

/// PERENGINE commands that failed, told apart by command and end; engines are counted.
package struct PerEngineFailures: Sendable {
  /// A command that failed in one way.
  private struct Group {
    let end: PerEngineEnd
    /// Number of its line.
    let line: Int
    /// Its text, cut where it is long.
    let command: String
    /// The first engine on which it did, and that engine's host.
    let engine: EngineID
    let node: String
    var engineCount = 1
  }

  private static let mostGroups = 5
  private static let commandLimit = 200

  private var groups: [Group] = []
  /// Failures beyond those that are told apart.
  private var otherCount = 0

  package init() {}

  /// Takes one.
  ///
  /// - Parameters:
  ///   - end: Which command it was, and how it ended.
  ///   - line: Number of its line.
  ///   - command: Its text.
  ///   - engine: The engine that ran it.
  ///   - node: That engine's host.
  package mutating func take(
    _ end: PerEngineEnd,
    line: Int,
    command: [UInt8],
    on engine: EngineID,
    node: String
  ) {
    let index = groups.firstIndex {
      $0.end.moment == end.moment && $0.end.index == end.index && $0.end.outcome == end.outcome
    }
    if let index {
      groups[index].engineCount += 1
    } else if groups.count < Self.mostGroups {
      let isCut = command.count > Self.commandLimit
      let text = SystemText.text(of: command.prefix(Self.commandLimit))
      groups.append(
        Group(
          end: end,
          line: line,
          command: isCut ? text + "..." : text,
          engine: engine,
          node: node
        )
      )
    } else {
      otherCount += 1
    }
  }

  /// A line about each, and one about those that are not told apart.
  package var lines: [String] {
    var lines = groups.map { group in
      let name = "PERENGINE \(group.end.moment == .start ? "START" : "STOP") \(group.end.index)"
      let several = group.engineCount == 1 ? "" : "\(group.engineCount) engines, first on "
      return "\(name) (line \(group.line)) \(Self.reason(group.end.outcome)) on "
        + "\(several)engine \(group.engine.rawValue) (\(group.node)): \(group.command)"
    }
    if otherCount > 0 { lines.append("other failures of PERENGINE commands: \(otherCount)") }
    return lines
  }

  private static func reason(_ outcome: Outcome) -> String {
    switch outcome {
    case .notStarted(let errno), .refused(let errno):
      "could not be started (\(Errno(errno).text))"
    case .exited, .signalled, .lost: outcome.inWords
    }
  }
}
