package import TaskScheduler

/// One of the two outputs of a process.
package enum OutputStream: UInt8, CaseIterable, Hashable, Sendable {
  case output = 1
  case error = 2

  /// How files and records call it.
  package var name: String {
    switch self {
    case .output: "out"
    case .error: "err"
    }
  }

  /// Finds the stream that is called so.
  package init?(name: some StringProtocol) {
    guard let stream = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = stream
  }
}

/// Whose output it is: one stream of one attempt of a task.
package struct OutputOrigin: Hashable, Sendable {
  package var task: TaskID
  package var attempt: Attempt
  package var stream: OutputStream

  package init(task: TaskID, attempt: Attempt, stream: OutputStream) {
    self.task = task
    self.attempt = attempt
    self.stream = stream
  }
}

/// A piece of an output on its way to where it is kept.
package struct OutputChunk: Hashable, Sendable {
  package var origin: OutputOrigin
  /// How many bytes of this output came before it.
  package var offset: Int64
  /// At most `mostBytes`.
  package var bytes: ContiguousArray<UInt8>
  /// Whether no more of this output comes.
  package var isLast: Bool

  /// The longest piece.
  package static let mostBytes = 1 << 20

  package init(
    origin: OutputOrigin,
    offset: Int64,
    bytes: ContiguousArray<UInt8>,
    isLast: Bool = false
  ) {
    self.origin = origin
    self.offset = offset
    self.bytes = bytes
    self.isLast = isLast
  }

  /// What it counts for while it is under way, in bytes: it takes room even when it is short.
  package var cost: Int { bytes.count + 128 }
}

/// Output that could not be kept.
package struct OutputLoss: Hashable, Sendable {
  /// Tasks of which something is missing; neighbours differ.
  package private(set) var tasks: ContiguousArray<TaskID> = []
  /// What failed first, and why.
  package private(set) var reason = ""
  /// Whether output is gone that was kept before, of tasks that nobody has counted.
  package private(set) var hasLostEarlier = false

  /// Makes the loss of nothing.
  package init() {}

  /// Makes a loss that was heard of.
  package init(tasks: ContiguousArray<TaskID>, reason: String, hasLostEarlier: Bool = false) {
    self.tasks = tasks
    self.reason = reason
    self.hasLostEarlier = hasLostEarlier
  }

  package var isEmpty: Bool { tasks.isEmpty && !hasLostEarlier }

  /// Notes that something of a task's output is missing.
  package mutating func note(_ task: TaskID, _ reason: @autoclosure () -> String) {
    if isEmpty { self.reason = reason() }
    if tasks.last != task { tasks.append(task) }
  }

  /// Notes that what was kept before is gone.
  package mutating func noteEarlier(_ reason: @autoclosure () -> String) {
    if isEmpty { self.reason = reason() }
    hasLostEarlier = true
  }

  /// Adds what else is missing.
  package mutating func add(_ other: OutputLoss) {
    if other.hasLostEarlier { noteEarlier(other.reason) }
    for task in other.tasks { note(task, other.reason) }
  }
}
