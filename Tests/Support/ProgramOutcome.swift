/// What is known about a program that has ended.
package struct ProgramOutcome: Sendable {
  /// How it ended.
  package let ending: ProgramEnding
  /// Everything it wrote to its standard output.
  package let output: [UInt8]
  /// Everything it wrote to its standard error.
  package let error: [UInt8]

  /// Standard output as text; bytes that are not UTF-8 stand as U+FFFD.
  package var outputText: String { String(decoding: output, as: UTF8.self) }

  /// Standard error as text; bytes that are not UTF-8 stand as U+FFFD.
  package var errorText: String { String(decoding: error, as: UTF8.self) }

  /// The lines of standard output, without their ends.
  package var outputLines: [String] {
    outputText.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }
}

extension ProgramOutcome: CustomStringConvertible {
  /// All of it, for the message of a failed test.
  package var description: String {
    "\(ending)\n--- output\n\(outputText.prefix(4000))\n--- error\n\(errorText.prefix(4000))\n---"
  }
}
