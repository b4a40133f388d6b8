import Glibc
import Synchronization

/// posix_spawn, said once.
enum Spawn {
  /// Held while a program is started and while a descriptor is open but not yet close-on-exec.
  static let gate = Mutex(())

  /// Starts `program` with three descriptors as its standard ones and gives its process id.
  static func start(
    _ program: Program,
    input: Int32,
    output: Int32,
    error: Int32
  ) throws(SystemFailure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (number, descriptor) in [input, output, error].enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    // Threads of a pool have signals blocked; a child would inherit that and never hear SIGTERM.
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
    )

    let environment = program.environment.map { "\($0.key)=\($0.value)" }
    var processID: pid_t = 0
    var words = [program.path] + program.arguments
    if let folder = program.folder {
      // A shell goes there and then becomes the program: posix_spawn has no portable way to.
      words = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder] + words
    }
    let code = unsafe withCStrings(words) { arguments in
      unsafe withCStrings(environment) { environment in
        // Both arrays end with nil and live until the call returns.
        gate.withLock { _ in
          unsafe posix_spawn(&processID, words[0], &actions, &attributes, arguments, environment)
        }
      }
    }
    guard code == 0 else { throw SystemFailure("start", on: program.path, code: code) }
    return processID
  }

  /// Lends `texts` as an array of C strings that ends with nil.
  private static func withCStrings(
    _ texts: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) -> Int32 {
    let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
    // strdup's copies are ours to free, each once.
    defer { unsafe copies.forEach { unsafe free($0) } }
    var pointers = unsafe copies
    return unsafe pointers.withUnsafeMutableBufferPointer { pointers in
      guard let first = pointers.baseAddress else { return EINVAL }
      return unsafe body(first)
    }
  }
}
