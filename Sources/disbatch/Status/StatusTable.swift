import TaskLang
import TaskRuntime

/// How each task ended, all files taken together, as tab-separated lines with a header.
enum StatusTable {
  private static let header = {
    let left: [StatusColumn] = [.id, .line, .repeatIndex]
    let right: [StatusColumn] = [.returnCode, .node, .elapsed, .command]
    let names = left.map { "\($0.key)" } + ["state"] + right.map { "\($0.key)" }
    return names.joined(separator: "\t").lowercased() + "\n"
  }()

  /// Appends the table, one line a task in the order of ids.
  static func append(
    _ archive: StatusArchive,
    to out: inout [UInt8],
    _ sink: Expander.Sink
  ) {
    out += header.utf8
    for id in archive.history.ids {
      guard let found = archive.history[id].flatMap({ archive.row(of: $0) }) else { continue }
      let row = found.row
      for number in [row.id, row.line, row.repeatIndex] {
        out.append(decimal: number)
        out.append(0x09)
      }
      out.append(text: row.hasSucceeded ? "done" : row.returnCode == -100 ? "lost" : "failed")
      out.append(0x09)
      out.append(decimal: row.returnCode)
      out.append(0x09)
      out += SystemText.bytes(of: found.node)
      out.append(0x09)
      out.append(milliseconds: row.elapsed.nanoseconds / 1_000_000)
      out.append(0x09)
      out += found.bytes[row.command]
      out.append(0x0A)
      if out.count > Expander.bufferLimit, !sink(&out) { return }
    }
  }
}
