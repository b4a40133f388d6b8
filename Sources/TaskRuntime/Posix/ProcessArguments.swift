import Glibc

/// The words that this process was started with.
package enum ProcessArguments {
  /// The first that is not UTF-8, as its bytes; `CommandLine.arguments` has other text in its place.
  ///
  /// - Parameter start: Where to begin; 0 is the name of the program.
  /// - Returns: `nil` when all of them are.
  package static func firstUndecodable(from start: Int) -> [UInt8]? {
    for index in start..<max(start, Int(CommandLine.argc)) {
      // Safe: the system ends each of the words with a zero, and none of them ever goes away.
      guard let word = unsafe CommandLine.unsafeArgv[index] else { continue }
      if unsafe String(validatingCString: word) == nil {
        return unsafe (0..<strlen(word)).map { unsafe UInt8(bitPattern: word[Int($0)]) }
      }
    }
    return nil
  }
}
