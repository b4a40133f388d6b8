import TaskRuntime

/// `disbatch engine`: what a driver starts, and nobody else.
enum EngineCommand {
  /// Serves the driver.
  ///
  /// - Returns: The exit code.
  static func run() -> Int32 {
    let code = EngineProcess.run()
    if code == ExitCode.usage {
      Console(command: "disbatch engine").say("only a run starts engines; see 'disbatch --help'")
    }
    return code
  }
}
