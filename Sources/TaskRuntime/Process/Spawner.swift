import CLinux

/// Starts processes.
///
/// Source: vfork(2),
/// execve(2).
package struct Spawner {
  /// Where a new process has its descriptors from.
  package struct Descriptors: Sendable {
    package var input: Int32
    package var output: Int32
    package var error: Int32
    /// Becomes descriptor 3; -1 for none.
    package var link: Int32

    package init(input: Int32, output: Int32, error: Int32, link: Int32 = -1) {
      self.input = input
      self.output = output
      self.error = error
      self.link = link
    }
  }

  /// What is the same for all processes that a spawner starts.
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

  private let manner: Manner

  /// Makes a spawner of one kind of process.
  package init(_ manner: Manner) {
    self.manner = manner
  }

  /// Starts a process in a session of its own, with no signal blocked.
  ///
  /// - Returns: its pid; it is the caller's to reap.
  /// - Throws: why there is no such process: the limit of processes is reached, the program is missing,
  ///   the arguments are too long.
  package func start(
    arguments: borrowing CStringArray,
    environment: borrowing CStringArray,
    descriptors: Descriptors
  ) throws(Errno) -> Int32 {
    var request = unsafe clinux_spawn()
    unsafe request.descriptors = (
      descriptors.input, descriptors.output, descriptors.error, descriptors.link
    )
    unsafe request.new_session = 1
    unsafe request.open_files = manner.openFiles ?? .max
    // errno is read before anything else can change it.
    var failure = Errno(0)
    let pid = unsafe manner.path.withCString { path in
      unsafe arguments.withPointers { arguments in
        unsafe environment.withPointers { environment in
          unsafe request.path = path
          unsafe request.arguments = arguments
          unsafe request.environment = environment
          let pid = unsafe start(&request)
          if pid < 0 { failure = .last }
          return pid
        }
      }
    }
    if pid < 0 { throw failure }
    return pid
  }

  private func start(_ request: inout clinux_spawn) -> Int32 {
    guard let directory = manner.directory else { return unsafe clinux_spawn(&request) }
    return unsafe directory.withCString { directory in
      unsafe request.directory = directory
      return unsafe clinux_spawn(&request)
    }
  }
}
