/// The names of signals, as Linux numbers them.
package enum SignalName {
  private static let names: [Int32: String] = [
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS",
    8: "SIGFPE", 9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE",
    14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
  ]

  /// The name of a signal, or `signal N`.
  package static func name(_ number: Int32) -> String { names[number] ?? "signal \(number)" }

  /// The number of a signal by its name, with or without `SIG`.
  package static func number(_ name: String) -> Int32? {
    let upper = name.uppercased()
    return names.first { $0.value == upper || $0.value == "SIG" + upper }?.key
  }
}
