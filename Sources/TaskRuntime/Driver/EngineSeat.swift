import TaskScheduler

/// One life of one engine, as the driver has it.
final class EngineSeat {
  /// How far it is.
  enum Phase {
    /// Its link is still to come, with this ticket.
    case launching((any LaunchedProcess)?, JoinTicket)
    /// It can be talked to until the link ends; the process may outlive that.
    case linked(Link, (any LaunchedProcess)?)
    /// Its process has ended, in a way that may be known; what it left behind is being ended.
    case ending(Outcome?)
    /// Nothing of it runs here any more.
    case gone(Outcome?)
  }

  /// What it has said of itself, and whether that is still wanted.
  enum Word {
    /// Nothing: should it end, it did not start.
    case none
    case joined
    case left
    /// Nothing, and it need not: the run does without it, or it has refused.
    case unwanted
  }

  let id: EngineID
  let context: ContextID
  /// Its host.
  let node: String
  /// Its slots, by the numbers that they have on its host.
  let slots: Range<Int>
  var phase: Phase
  var word = Word.none
  /// Whether its death can only be inferred from silence: it has no process here.
  var isLeased = false
  /// Whether its link has something to send.
  var isWaitingForPost = false

  init(_ id: EngineID, _ context: ContextID, node: String, slots: Range<Int>, _ phase: Phase) {
    self.id = id
    self.context = context
    self.node = node
    self.slots = slots
    self.phase = phase
  }

  /// Its link; `nil` before it has come and when its process has ended.
  var link: Link? {
    if case .linked(let link, _) = phase { link } else { nil }
  }

  /// Its process, as long as it may be signalled; `nil` also for an engine without one here.
  var process: (any LaunchedProcess)? {
    switch phase {
    case .launching(let process, _), .linked(_, let process): process
    case .ending, .gone: nil
    }
  }

  /// How its process ended, as far as that is known.
  var death: Outcome? {
    switch phase {
    case .launching, .linked: nil
    case .ending(let outcome), .gone(let outcome): outcome
    }
  }
}
