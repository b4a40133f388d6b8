import TaskScheduler

/// The engine's process, started by a driver with a link to it on descriptor 3.
package enum EngineProcess {
  /// Where the driver's link is.
  package static let linkDescriptor: Int32 = 3

  /// Serves the driver behind the link until it is let go or alone.
  ///
  /// - Returns: the exit code: 0 when the driver let it go, 1 otherwise, 2 when it was not started by
  ///   a driver.
  package static func run() -> Int32 {
    do {
      return try serve()
    } catch {
      return 2
    }
  }

  private static func serve() throws(Errno) -> Int32 {
    FileDescriptor.closeOnExec(from: 3)
    SignalSet.dieOfFaults()
    let signals = try SignalInbox(SignalSet.outside.withoutIgnored.union(.child))
    try ChildRoster.adoptOrphans()
    let openFiles = Host.raiseOpenFileLimit()
    let loop = try EngineLoop()
    let link = try Link(
      FileDescriptor(owning: linkDescriptor),
      as: Poller.Source(kind: EngineLoop.SourceKind.link.rawValue),
      in: &loop.poller
    )
    try loop.watch(signals.descriptor, as: .signals)
    let settings: EngineSettings
    do {
      guard let first = try firstSettings(link, loop) else { return 1 }
      settings = first
    } catch {
      refuse("the driver is not of this version", link, loop)
      return 1
    }
    guard settings.directory.isEmpty || FileSystem.isDirectory(settings.directory) else {
      refuse("the working directory \(settings.directory) is not there", link, loop)
      return 1
    }
    guard FileSystem.program(ShellDesk.shell) != nil else {
      refuse("\(ShellDesk.shell) is not there, or cannot be run", link, loop)
      return 1
    }
    let resources: EngineResources
    do {
      resources = try EngineResources(settings, link, openFiles: openFiles, in: loop)
    } catch {
      refuse(error.advice, link, loop)
      return 1
    }
    let engine = Engine(
      settings: settings,
      link: link,
      loop: loop,
      signals: signals,
      resources: resources
    )
    return try engine.run() == .released ? 0 : 1
  }

  /// Waits for the first frame; nothing else is of interest before it.
  private static func firstSettings(_ link: Link, _ loop: EngineLoop) throws -> EngineSettings? {
    var ready: ContiguousArray<Poller.Readiness> = []
    while link.condition == .open {
      try loop.wait(into: &ready)
      link.receive(through: &loop.buffer)
      if let frame = try link.next() {
        guard case .configure(let settings) = try DriverMessage(from: frame) else {
          throw WireError.badValue
        }
        return settings
      }
    }
    return nil
  }

  private static func refuse(_ reason: String, _ link: Link, _ loop: EngineLoop) {
    link.send { EngineMessage.refused(reason).write(to: &$0) }
    link.flush(in: &loop.poller)
  }
}
