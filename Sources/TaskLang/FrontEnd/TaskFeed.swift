/// Bytes in as they arrive, steps out as they are asked for.
///
/// The caller decides how far it reads ahead: a chunk of n bytes makes at most n / 2 + 1 steps. A
/// step is there as soon as its line is complete.
public struct TaskFeed: Sendable {
  private var frontEnd: FrontEnd
  private var steps: [Step] = []
  private var nextIndex = 0
  /// Whether no more bytes are wanted: the input or the plan has ended.
  public private(set) var hasEnded = false
  /// Whether the input ended the plan before its own end, by an error of the language.
  public private(set) var isMalformed = false

  /// Makes a feed.
  ///
  /// - Parameter checks: Whether the first error of the language ends the feed. Without, only what
  ///   the reference stops at does: a late PERENGINE (silently), and numbers of 2^63 and more.
  public init(checks: Bool) {
    frontEnd = FrontEnd(checker: checks ? Checker(endsAtRefusal: true) : nil)
  }

  /// What the checks found so far.
  public var diagnostics: [Diagnostic] { frontEnd.checker?.diagnostics ?? [] }

  /// Steps that can be taken now.
  public var available: Int { steps.count - nextIndex }

  /// Whether nothing can be taken, now or later.
  public var isExhausted: Bool { hasEnded && available == 0 }

  /// Lines read so far.
  public var lineCount: Int { frontEnd.lineCount }

  /// Takes a chunk; the bytes are copied.
  public mutating func append(_ bytes: Span<UInt8>) {
    guard !hasEnded else { return }
    compact()
    var gathered: [Step] = []
    swap(&gathered, &steps)
    _ = frontEnd.read(bytes) { item, piece, line, bytes, lowering in
      Self.gather(item, piece, line, bytes, lowering, &gathered)
    }
    swap(&gathered, &steps)
    noteEnd()
  }

  /// Takes the end of the input.
  public mutating func end() {
    guard !hasEnded else { return }
    var gathered: [Step] = []
    swap(&gathered, &steps)
    frontEnd.finish { item, piece, line, bytes, lowering in
      Self.gather(item, piece, line, bytes, lowering, &gathered)
    }
    swap(&gathered, &steps)
    noteEnd()
    hasEnded = true
  }

  /// Takes the next step.
  ///
  /// - Returns: `nil` when more bytes are needed, or when the feed is exhausted.
  public mutating func next() -> Step? {
    guard nextIndex < steps.count else { return nil }
    defer { nextIndex += 1 }
    return steps[nextIndex]
  }

  private static func gather(
    _ item: LoweredItem,
    _ piece: Range<Int>,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    _ steps: inout [Step]
  ) -> Bool {
    if let step = Step(item, piece, of: line, in: bytes, lowering) { steps.append(step) }
    return true
  }

  private mutating func compact() {
    guard nextIndex > 0 else { return }
    steps.removeFirst(nextIndex)
    nextIndex = 0
  }

  private mutating func noteEnd() {
    if frontEnd.checker?.refusesFile == true {
      isMalformed = true
      hasEnded = true
    } else if frontEnd.hasEnded {
      isMalformed = frontEnd.checker != nil || frontEnd.lowering.end == .tooLarge
      hasEnded = true
    }
  }
}
