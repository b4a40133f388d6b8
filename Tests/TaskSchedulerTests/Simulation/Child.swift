import TaskScheduler

/// A command that a fake engine runs: a shell and what the shell started.
struct Child {
  let id: Int
  /// Nil for a PERENGINE command.
  let attempt: AttemptKey?
  let moment: PerEngineMoment
  let index: Int32
  var hasShell = true
  /// Whether the engine sent a signal, and so waits for the whole tree.
  var isSignalled = false
  let isStubborn: Bool
  let isPolite: Bool
}
