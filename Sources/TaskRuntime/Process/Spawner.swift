import CLinux

/// Starts processes, each of which borrows our memory until it is its program.
///
/// Source: clone(2), vfork(2), execve(2).
package struct Spawner {
  /// Where a new process has its descriptors from.
  package struct Descriptors: Sendable {
    package var input: Int32
    package var output: Int32
    package var error: Int32
    /// Becomes descriptor 3; -1 for none.
    package var link: Int32
    /// The pipe that a warden above the process holds, to end all when its other end closes; -1 for no warden.
    package var lifeline: Int32

    package init(
      input: Int32,
      output: Int32,
      error: Int32,
      link: Int32 = -1,
      lifeline: Int32 = -1
    ) {
      self.input = input
      self.output = output
      self.error = error
      self.link = link
      self.lifeline = lifeline
    }
  }

  /// The program, and whatever else is the same for all processes that a spawner starts.
  package struct Manner: Sendable {
    /// The program's path.
    package var path: String
    /// Where it runs; `nil` for where we run.
    package var directory: String?
    /// Its soft limit of open files; `nil` for ours.
    package var openFiles: UInt64?

    package init(path: String, directory: String? = nil, openFiles: UInt64? = nil) {
      self.path = path
      self.directory = directory
      self.openFiles = openFiles
    }
  }

  private let openFiles: UInt64
  /// The path, and where it runs if that is said.
  private let places: CStringBlock

  /// Makes a spawner of one kind of process.
  package init(_ manner: Manner) {
    openFiles = manner.openFiles ?? .max
    places = CStringBlock(CStringArray([manner.path] + (manner.directory.map { [$0] } ?? [])))
  }

  /// Starts a process in a session of its own, with no signal blocked, and waits until it is its program.
  ///
  /// - Returns: its pid, or that of the warden above it; it is the caller's to reap.
  /// - Throws: why there is no such process: the limit of processes is reached, the program is missing,
  ///   the arguments are too long.
  package func start(
    arguments: borrowing CStringArray,
    environment: borrowing CStringArray,
    descriptors: Descriptors
  ) throws(Errno) -> Int32 {
    let space = SpawnSpace(stackSize: 0)
    let pid = try start(
      in: space,
      arguments: arguments,
      environment: environment,
      descriptors: descriptors
    )
    _ = space.takeBack()
    return pid
  }

  /// Starts a process in a session of its own, with no signal blocked, and goes on at once.
  ///
  /// When it cannot become its program, it ends, and `SpawnSpace.takeBack()` says why. The space is the
  /// caller's to take back once the process has been reaped.
  ///
  /// - Returns: its pid; it is the caller's to reap.
  /// - Throws: why there is no new process: the limit of processes is reached.
  package func start(
    in space: SpawnSpace,
    arguments: borrowing CStringArray,
    sharing shared: CStringBlock? = nil,
    environment: borrowing CStringArray,
    descriptors: Descriptors
  ) throws(Errno) -> Int32 {
    unsafe try space.lend(places, arguments: arguments, shared: shared, environment: environment) {
      unsafe $0.descriptors = (
        descriptors.input, descriptors.output, descriptors.error, descriptors.link
      )
      unsafe $0.new_session = 1
      unsafe $0.open_files = openFiles
      unsafe $0.is_warded = descriptors.lifeline < 0 ? 0 : 1
      unsafe $0.lifeline = descriptors.lifeline
    }
  }
}
