/// Writes `message` objects of SARIF (section 3.11).
enum SARIFMessage {
  /// Writes a message of plain text.
  static func append(_ text: String, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("text", text, to: &out)
    JSONWriter.endObject(to: &out)
  }

  /// The labels that say something.
  static func linkedLabels(of diagnostic: Diagnostic) -> [Label] {
    diagnostic.labels.filter { !$0.message.isEmpty }
  }

  /// The message, its labels as links to the related locations, notes and help.
  static func text(of diagnostic: Diagnostic) -> String {
    var lines = [unlinked(diagnostic.message)]
    for (index, label) in linkedLabels(of: diagnostic).enumerated() {
      lines.append("see: [\(escaped(label.message))](\(index + 1))")
    }
    lines += diagnostic.notes.map { "note: \(unlinked($0))" }
    lines += diagnostic.help.map { "help: \(unlinked($0))" }
    return lines.joined(separator: "\n")
  }

  /// Text in which nothing reads as a link; most has no need of escapes.
  private static func unlinked(_ text: String) -> String {
    text.contains("](") ? escaped(text) : text
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "[" || scalar == "]" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
