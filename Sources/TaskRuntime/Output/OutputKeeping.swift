/// Whether and where the output of an engine's tasks is kept.
package enum OutputKeeping: Hashable, Sendable {
  /// Only its ends and its length, for the status row.
  case none
  /// In files of this folder, which is there (`--results`).
  case files(folder: String)
  /// The driver keeps it (`--output`), and accepts at most `window` bytes that it has not settled.
  case driver(window: Int64)

  /// What may be under way to the driver's file, in bytes.
  static let driverWindow: Int64 = 4 << 20
}

extension OutputKeeping {
  func write(to writer: inout WireWriter) {
    switch self {
    case .none:
      writer.put(UInt8(0))
    case .files(let folder):
      writer.put(UInt8(1))
      writer.put(folder)
    case .driver(let window):
      writer.put(UInt8(2))
      writer.put(window)
    }
  }

  init(from reader: inout WireReader) throws(WireError) {
    switch try reader.integer(UInt8.self) {
    case 0: self = .none
    case 1: self = .files(folder: try reader.text())
    case 2: self = .driver(window: try reader.integer())
    default: throw .badValue
    }
  }
}
