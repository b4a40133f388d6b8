/// The PERENGINE command that an engine runs.
struct PerEngineCommand: Hashable, Sendable {
  let moment: PerEngineMoment
  let index: Int32
  /// Whether it was told to end.
  var isCut = false
  /// How its shell ended.
  var outcome: Outcome?
  /// Whether no other process of it is left.
  var isTreeGone = false

  /// Whether it is over: a shell that ended by itself does not wait for what it left behind.
  var hasEnded: Bool { outcome != nil && (!isCut || isTreeGone) }

  /// Its end, as it is reported.
  func end(_ outcome: Outcome, _ cause: EndCause) -> PerEngineEnd {
    PerEngineEnd(moment, index, outcome, cause)
  }
}
