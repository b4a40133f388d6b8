/// Whom a run writes to, how often, and through what (`--mailTo`, `--mailFreq`, `MAILER`).
package struct MailSettings: Hashable, Sendable {
  /// One address or several with commas, as a `To` line has them.
  package var address: String
  /// How many completions make a message due, from 1.
  package var frequency: Int64
  /// A program and its arguments, which delivers a message with headers, read from its standard
  /// input, to whom its `To` line names.
  package var command: [String]

  /// Makes the settings.
  ///
  /// - Parameters:
  ///   - address: What the `To` line says; without control characters.
  ///   - frequency: After how many completions a message is due.
  ///   - mailer: What `MAILER` says: a program and its arguments, with blanks between them and no
  ///     quotes; `nil` or empty for `sendmail -i -t`.
  package init(address: String, frequency: Int64, mailer: String?) {
    self.address = address
    self.frequency = frequency
    let words = (mailer ?? "").split(separator: " ").map(String.init)
    command = words.isEmpty ? ["sendmail", "-i", "-t"] : words
  }
}
