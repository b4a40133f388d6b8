extension RunOptions {
  /// The names that a run of this on this host has.
  package var names: RunNames { RunNames(label: label ?? "SSH0", node: Host.shortName) }
}

extension RunFiles {
  /// Refuses links that somebody has put under the names of logs, which are only opened later.
  ///
  /// - Throws: `RunError` that names it.
  func checkLogs(_ options: RunOptions) throws(RunError) {
    let names = options.names
    var logs = [contextLog(names.label), engineLog(names.label, node: names.node, rank: 0)]
    if options.logPath == nil { logs.append(driverLog) }
    for path in logs {
      if let link = OwnFile.plantedLink(at: path) {
        throw RunError.place("cannot make \(path)", link)
      }
    }
  }
}
