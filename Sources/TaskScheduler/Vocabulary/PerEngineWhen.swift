/// Which of an engine's own commands: those at its start or those at its end.
package enum PerEngineWhen: UInt8, Hashable, Sendable {
  case start, stop
}
