/// The signals that an engine got from somebody other than its driver.
struct ToldSignals: Sendable {
  /// Whether one of them was to end it.
  private(set) var isToEnd = false
  /// When it last got each of the others.
  private var user1: Instant?
  private var user2: Instant?

  /// Takes note of one.
  mutating func take(_ signal: EndSignal, at now: Instant) {
    switch signal {
    case .user1: user1 = now
    case .user2: user2 = now
    case .hangup, .interrupt, .kill, .terminate, .cpuTime: isToEnd = true
    }
  }

  /// Whether it got this one within a time that ends now.
  func hasGot(_ signal: EndSignal, since now: Instant, _ time: Interval) -> Bool {
    switch signal {
    case .user1: user1.map { now - $0 <= time } ?? false
    case .user2: user2.map { now - $0 <= time } ?? false
    case .hangup, .interrupt, .kill, .terminate, .cpuTime: isToEnd
    }
  }
}
