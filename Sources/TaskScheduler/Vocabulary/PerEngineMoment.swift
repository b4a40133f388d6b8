/// When an engine runs a PERENGINE command: as it joins, or as it leaves.
package enum PerEngineMoment: UInt8, Hashable, Sendable {
  case start, stop
}
