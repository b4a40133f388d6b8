extension Tables {
  /// Options of `disbatch lsp`; editors add those without a help text on their own.
  static let lsp: [Option] =
    [
      Option("stdio", nil, .none, .input, "Speak on stdin and stdout, as it does anyway"),
      Option("clientProcessId", nil, .required("PID"), .input, "End when this process has ended"),
      Option("socket", nil, .required("PORT"), .input, nil),
      Option("pipe", nil, .required("PATH"), .input, nil),
      Option("node-ipc", nil, .none, .input, nil),
    ] + check.filter { ["config", "no-config"].contains($0.name) } + general
}
