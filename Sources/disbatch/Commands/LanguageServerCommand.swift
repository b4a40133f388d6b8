import TaskLangLSP
import TaskRuntime

/// `disbatch lsp`: the language server between an editor and this process's streams.
struct LanguageServerCommand {
  private let clientProcess: Int?
  private let surroundings: EditorSurroundings

  private static let chunkBytes = 256 * 1024

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.lsp)
    for name in [OptionName.socket, .pipe, .nodeIPC] where arguments.has(name) {
      throw UsageError("\(name) is not supported: the server speaks on stdin and stdout only")
    }
    if let word = arguments.operands.first {
      throw UsageError("the server reads what the editor has open, no file such as '\(word)'")
    }
    surroundings = EditorSurroundings(try SettingsLookup(arguments))
    clientProcess = try arguments.number(.clientProcessID, in: 1...Int(Int32.max))
  }

  /// Serves until the client has left.
  ///
  /// - Returns: The exit code: 0 after a shutdown, else 1.
  func run() -> Int32 {
    var server = LanguageServer(version: Version.current, surroundings: surroundings)
    do throws(Errno) {
      let input = try FileDescriptor.standardInput()
      let output = try FileDescriptor.standardOutput()
      var buffer = [UInt8](repeating: 0, count: Self.chunkBytes)
      var hasEnded = false
      var watch: ProcessWatch?
      while server.exitStatus == nil {
        if watch == nil { watch = (server.clientProcess ?? clientProcess).map(ProcessWatch.init) }
        if !hasEnded { hasEnded = try !takeInput(from: input, watch, &buffer, &server) }
        server.step()
        let bytes = server.takeOutput()
        if !bytes.isEmpty { try output.writeAll(bytes.span) }
      }
    } catch {
      // Nobody hears us any more: the editor is gone, and so is what it wanted.
      return ExitCode.failure
    }
    return server.exitStatus ?? ExitCode.failure
  }

  /// Reads what is there, and waits for it where the server has nothing else to do.
  ///
  /// - Returns: Whether more can come.
  private func takeInput(
    from input: borrowing FileDescriptor,
    _ watch: borrowing ProcessWatch?,
    _ buffer: inout [UInt8],
    _ server: inout LanguageServer
  ) throws(Errno) -> Bool {
    if server.hasWork {
      guard try input.waitForInput(milliseconds: 0) else { return true }
    } else if let hasInput = try watch?.waitForInput(of: input), !hasInput {
      server.endInput()
      return false
    }
    let count = try input.readWaiting(into: &buffer)
    if count == 0 {
      server.endInput()
      return false
    }
    server.receive(buffer.span.extracting(0..<count))
    return true
  }
}
