/// Rows of status files as text, for files that no run wrote.
package struct StatusRowText: Sendable {
  package var kind: Character = " "
  package var id = 0
  package var repeatIndex = -1
  package var node = "n1"
  package var code = 0
  /// In milliseconds.
  package var elapsed = 1000
  /// In milliseconds since 1970.
  package var start = 1_700_000_000_000
  package var outputBytes = 0
  package var errorBytes = 0
  package var command = "true"

  package init() {}

  /// The row, with its end.
  package var text: String {
    let flags =
      kind == "B" || kind == "C"
      ? "\(kind)    "
      : "\(code != 0 ? "R" : " ")\(outputBytes > 0 ? "O" : " ")\(errorBytes > 0 ? "E" : " ")\(kind)"
    let times = [elapsed, start, start + elapsed].map(Self.seconds)
    let fields =
      [flags, "\(id)", "\(id + 1)", "\(repeatIndex)", node, "77", "\(code)"] + times
      + ["\(outputBytes)", "''", "\(errorBytes)", "''", command]
    return fields.joined(separator: "\t") + "\n"
  }

  private static func seconds(_ milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
