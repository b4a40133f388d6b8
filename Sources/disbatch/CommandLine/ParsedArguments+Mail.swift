import TaskRuntime

extension ParsedArguments {
  /// The longest line that mail may have is 998 bytes (RFC 5322, 2.1.1), header name included.
  private static let longestAddress = 900

  /// Whom the run writes to, and how often; `nil` for nobody.
  ///
  /// An address becomes part of a header, so it must not be able to begin another one.
  func mail() throws(UsageError) -> MailSettings? {
    let frequency = try number(.mailFreq, in: 1...Int.max)
    guard let address = value(.mailTo) else {
      if frequency != nil { throw UsageError("--mailFreq needs --mailTo ADDR") }
      return nil
    }
    guard address.unicodeScalars.contains(where: { $0 != " " }), !address.hasPrefix("-"),
      address.unicodeScalars.allSatisfy({ 0x20..<0x7F ~= $0.value }),
      address.utf8.count <= Self.longestAddress
    else {
      throw UsageError(
        "--mailTo takes an address, or several with commas, in printable ASCII and not beginning "
          + "with '-'"
      )
    }
    return MailSettings(
      address: address,
      frequency: Int64(frequency ?? 1),
      mailer: EnvironmentVariable.value("MAILER")
    )
  }
}
