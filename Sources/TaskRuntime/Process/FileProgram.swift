package import TaskScheduler

/// A program that reads files and says something about them: started, waited for, and heard.
///
/// The files have no names and no place on a disk: the program finds them at `paths` of /proc as long
/// as this value lives. So nothing is left behind, however the two of them end.
package struct FileProgram {
  /// Where the program finds its files, in the order given.
  package let paths: [String]

  private let files: [FileDescriptor.Shared]
  private let output: FileDescriptor.Shared
  private let complaint: FileDescriptor.Shared
  private let pid: Int32

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - arguments: Its name and its arguments, behind which the paths of the files come.
  ///   - files: What the files hold.
  ///   - hidden: The name of a variable of the environment that it is not to see.
  /// - Throws: why it cannot be started.
  package init(
    _ path: String,
    arguments: [String],
    files: [[UInt8]],
    withoutVariable hidden: String
  ) throws(Errno) {
    var made: [FileDescriptor.Shared] = []
    for content in files {
      let file = try FileDescriptor.memoryFile()
      try file.writeAll(content.span)
      made.append(FileDescriptor.Shared(file))
    }
    self.files = made
    paths = made.map { "/proc/\(Host.processID)/fd/\($0.descriptor.rawValue)" }
    output = FileDescriptor.Shared(try FileDescriptor.memoryFile())
    complaint = FileDescriptor.Shared(try FileDescriptor.memoryFile())
    let nothing = try FileDescriptor.memoryFile()
    var environment = CStringArray()
    for variable in Host.environment where !variable.starts(with: "\(hidden)=".utf8) {
      environment.append(bytes: variable)
    }
    pid = try Spawner(Spawner.Manner(path: path)).start(
      arguments: CStringArray(arguments + paths),
      environment: environment,
      descriptors: Spawner.Descriptors(
        input: nothing.rawValue,
        output: output.descriptor.rawValue,
        error: complaint.descriptor.rawValue
      )
    )
  }

  /// Waits for its end.
  ///
  /// - Returns: what it wrote on standard output and on standard error, and how it ended.
  /// - Throws: what read(2) says.
  package func finish() throws(Errno) -> (output: [UInt8], complaint: [UInt8], outcome: Outcome) {
    let outcome = ChildRoster.waitForEnd(of: pid) ?? .lost
    return (try Self.contents(of: output), try Self.contents(of: complaint), outcome)
  }

  private static func contents(of file: FileDescriptor.Shared) throws(Errno) -> [UInt8] {
    try file.descriptor.go(to: 0)
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try file.descriptor.readWaiting(into: &buffer)
      if count == 0 { return contents }
      contents += buffer[..<count]
    }
  }
}
