import Glibc
import TestSupport

/// A file system whose server a test can stop, continue and kill: bindfs, in FUSE.
final class FileServer: Sendable {
  /// Whether there can be one.
  static let isPossible: Bool = {
    guard Machine.isRoot, Machine.has("/usr/bin/bindfs"), let folder = try? TemporaryFolder(),
      let server = try? FileServer(in: folder)
    else { return false }
    server.end()
    return true
  }()

  /// What a test that needs one says when it is left out.
  static let need = "needs root, bindfs and /dev/fuse (scripts/test installs bindfs)"

  /// Where it is mounted.
  let path: String
  private let server: RunningProgram
  /// Kept until the mount is gone: a folder with a stopped server in it cannot be removed.
  private let folder: TemporaryFolder

  /// Mounts one at `served` in `folder`, which shows what is in `stored`.
  init(in folder: TemporaryFolder) throws {
    self.folder = folder
    let stored = try folder.makeFolder("stored")
    path = try folder.makeFolder("served")
    let outside = try Self.device(of: path)
    server = try Program("/usr/bin/bindfs", ["-f", stored, path]).start()
    // It tells nobody when it is ready; the mount shows.
    while server.isAlive, try Self.device(of: path) == outside { usleep(1000) }
    guard server.isAlive else { throw NotMounted() }
  }

  deinit { end() }

  /// Lets every access wait.
  func stop() { server.send(SIGSTOP) }

  /// Lets it go on.
  func goOn() { server.send(SIGCONT) }

  /// Makes an end of it while it is in use.
  func die() {
    server.send(SIGKILL)
    _ = server.wait(seconds: 10)
  }

  /// Takes it away; may be called twice.
  func end() {
    server.send(SIGKILL)
    _ = server.wait(seconds: 10)
    _ = unsafe umount2(path, CInt(2))
  }

  private static func device(of path: String) throws -> UInt64 {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { throw NotMounted() }
    return UInt64(facts.st_dev)
  }

  private struct NotMounted: Error {}
}
