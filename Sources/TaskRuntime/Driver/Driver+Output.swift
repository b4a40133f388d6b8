import TaskScheduler

/// What tasks let out, where the driver has to do with it.
extension Driver {
  /// Takes note of output that is not kept, and says so the first time.
  func take(_ loss: OutputLoss) {
    guard remarks.note(loss) else { return }
    let text = "\(loss.reason); tasks go on, but not all of their output is kept"
    log.write(.error, text)
    observer?.runSaid(text)
  }
}
