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
    var poller = try Poller()
    let link = try Link(
      FileDescriptor(owning: linkDescriptor),
      as: Poller.Source(kind: Engine.SourceKind.link.rawValue),
      in: &poller
    )
    _ = try poller.add(
      signals.descriptor.rawValue,
      for: .reading,
      as: Poller.Source(kind: Engine.SourceKind.signals.rawValue)
    )
    let settings: EngineSettings
    do {
      guard let first = try firstSettings(link, &poller) else { return 1 }
      settings = first
    } catch {
      refuse("the driver is not of this version", link, &poller)
      return 1
    }
    guard settings.directory.isEmpty || FileSystem.isDirectory(settings.directory) else {
      refuse("the working directory \(settings.directory) is not there", link, &poller)
      return 1
    }
    guard FileSystem.program(Engine.shell) != nil else {
      refuse("\(Engine.shell) is not there, or cannot be run", link, &poller)
      return 1
    }
    let room: Engine.Room
    do {
      room = try Engine.Room(settings, link, in: &poller)
    } catch {
      refuse(error.advice, link, &poller)
      return 1
    }
    let engine = Engine(
      settings: settings,
      link: link,
      poller: poller,
      signals: signals,
      room: room,
      openFiles: openFiles
    )
    return try engine.run() == .released ? 0 : 1
  }

  /// Waits for the first frame; nothing else is of interest before it.
  private static func firstSettings(
    _ link: Link,
    _ poller: inout Poller
  ) throws -> EngineSettings? {
    var ready: ContiguousArray<Poller.Readiness> = []
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: 1 << 16)
    while link.condition == .open {
      try poller.wait(until: nil, at: Clock.now, into: &ready)
      link.receive(through: &buffer)
      if let frame = try link.next() {
        guard case .configure(let settings) = try DriverMessage(from: frame) else {
          throw WireError.badValue
        }
        return settings
      }
    }
    return nil
  }

  private static func refuse(_ reason: String, _ link: Link, _ poller: inout Poller) {
    link.send { EngineMessage.refused(reason).write(to: &$0) }
    link.flush(in: &poller)
  }
}
