/// Options of the reference that this version does not support, or that have no effect here.
enum UnsupportedOptions {
  /// What is missing, and what to do instead, by option.
  private static let missing: [OptionName: String] = [
    .startupOnly: "this version cannot take engines into a run that goes on; leave it out, "
      + "and say -s localhost:N for N tasks at a time on this machine",
    .useAddress: "this version has no engines or servers on other hosts, so a run needs no "
      + "address; leave it out",
    .kvsServer: "this version has no key-value server; leave it out",
    .taskCommand: "this version takes tasks from a file or, with '-', from standard input, into "
      + "which the output of COMMAND can be piped",
    .taskServer: "this version takes tasks from a file or, with '-', from standard input",
    .web: "this version has no web page; on a terminal a run shows how it stands, and "
      + "'disbatch status' reads its status file",
  ]

  /// Refuses a command line that cannot be carried out.
  ///
  /// - Throws: `UsageError` with the first such option, what is missing and what to do instead.
  static func refuse(_ arguments: ParsedArguments) throws(UsageError) {
    let servers = [OptionName.kvsServer, .taskServer].compactMap { arguments.value($0) }
    if servers.count == 2, servers[0] != servers[1] {
      throw UsageError("Cannot use different --kvsserver and --taskservers.")
    }
    for given in arguments.options {
      if let text = missing[given.name] { throw UsageError("\(given.name): \(text)") }
    }
  }

  /// Remarks about options that are accepted and have no effect, a line each.
  static func remarks(_ arguments: ParsedArguments) -> [String] {
    var remarks: [String] = []
    if arguments.has(.gpu) {
      // The reference's sentence, which scripts may look for.
      remarks.append("-g/--gpu is deprecated. It is no longer needed and will be ignored.")
    }
    if arguments.has(.retireCommand) {
      remarks.append("--retire-cmd has no effect: this run has no node to give back")
    }
    return remarks
  }
}
