extension OptionTable {
  /// Options of `disbatch lsp`; editors add those without a help text on their own.
  static let lsp: [Option] =
    [
      Option(.stdio, group: .input, help: "Use stdin and stdout, as always"),
      Option(
        .clientProcessID,
        value: .required("PID"),
        group: .input,
        help: "End when this process has ended"
      ),
      Option(.socket, value: .required("PORT"), group: .input, help: nil),
      Option(.pipe, value: .required("PATH"), group: .input, help: nil),
      Option(.nodeIPC, group: .input, help: nil),
    ] + check.filter { [.config, .noConfig].contains($0.name) } + general
}
