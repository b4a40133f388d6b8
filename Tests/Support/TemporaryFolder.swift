import FoundationEssentials
import Glibc

/// A folder of its own for one test, removed with all that is in it when the last user lets go.
package final class TemporaryFolder: Sendable {
  /// Its absolute path, without a slash at the end.
  package let path: String

  /// Where temporary folders are made.
  static var root: String {
    ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }

  /// Makes an empty folder.
  package init() throws {
    let template = Self.root + "/tasktest.XXXXXX"
    var name = template.utf8CString
    let made = unsafe name.withUnsafeMutableBufferPointer { name in
      // The buffer is the zero-terminated template that mkdtemp writes the real name into.
      guard let base = name.baseAddress, unsafe mkdtemp(base) != nil else { return String?.none }
      return unsafe String(cString: base)
    }
    guard let made else { throw SystemFailure("mkdtemp", on: template) }
    path = made
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("could not remove \(path): \(error)")
    }
  }

  /// The absolute path of `name` in here.
  package func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file and gives its absolute path.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: file(name)))
    return file(name)
  }

  /// Writes a file of text and gives its absolute path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a script that can be run and gives its absolute path.
  ///
  /// Another process writes it: children of this one that are just being started have its descriptors
  /// for a moment, and what somebody has open for writing cannot be run.
  @discardableResult
  package func writeProgram(_ text: String, to name: String) throws -> String {
    let outcome = try Program("/bin/sh", ["-c", "cat > \"$0\" && chmod 755 \"$0\"", file(name)])
      .reading(text)
      .run()
    guard outcome.ending == .exited(0) else { throw SystemFailure("write", on: file(name)) }
    return file(name)
  }

  /// Makes a folder in here and gives its absolute path.
  @discardableResult
  package func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: file(name),
      withIntermediateDirectories: true
    )
    return file(name)
  }

  /// Makes a symbolic link in here.
  package func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: file(name), withDestinationPath: target)
  }

  /// The bytes of a file in here.
  package func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: file(name))))
  }

  /// The text of a file in here; bytes that are not UTF-8 stand as U+FFFD.
  package func text(of name: String) throws -> String {
    String(decoding: try bytes(of: name), as: UTF8.self)
  }

  /// How many bytes a file in here has.
  package func size(of name: String) throws -> Int {
    var facts = stat()
    guard unsafe stat(file(name), &facts) == 0 else { throw SystemFailure("stat", on: file(name)) }
    return Int(facts.st_size)
  }

  /// The names in here, sorted; those that begin with a dot among them.
  package func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  /// Whether there is something called `name` in here.
  package func contains(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: file(name))
  }
}
