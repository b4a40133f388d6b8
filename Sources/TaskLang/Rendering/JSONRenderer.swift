/// Writes diagnostics as JSON Lines: one object each, its keys always there and in one order.
struct JSONRenderer {
  /// What the input is called.
  var file: String

  /// Writes one diagnostic and the line's end.
  func render(_ diagnostic: Diagnostic, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("code", to: &out)
    JSONWriter.value(diagnostic.codeText, to: &out)
    JSONWriter.key("severity", to: &out)
    JSONWriter.value(diagnostic.severity.rawValue, to: &out)
    JSONWriter.key("message", to: &out)
    JSONWriter.value(diagnostic.message, to: &out)
    JSONWriter.key("file", to: &out)
    JSONWriter.value(SystemText.replacing(file), to: &out)
    write(diagnostic.primary.span, to: &out)
    JSONWriter.key("labels", to: &out)
    JSONWriter.beginArray(to: &out)
    for label in diagnostic.labels {
      JSONWriter.beginObject(to: &out)
      JSONWriter.key("message", to: &out)
      JSONWriter.value(label.message, to: &out)
      write(label.span, to: &out)
      JSONWriter.endObject(to: &out)
    }
    JSONWriter.endArray(to: &out)
    JSONWriter.key("notes", to: &out)
    JSONWriter.beginArray(to: &out)
    for note in diagnostic.notes + diagnostic.help { JSONWriter.value(note, to: &out) }
    JSONWriter.endArray(to: &out)
    JSONWriter.key("fixes", to: &out)
    JSONWriter.beginArray(to: &out)
    for fix in diagnostic.fixes { write(fix, to: &out) }
    JSONWriter.endArray(to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endLine(to: &out)
  }

  private func write(_ fix: FixIt, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("message", to: &out)
    JSONWriter.value(fix.message, to: &out)
    JSONWriter.key("applicability", to: &out)
    JSONWriter.value(fix.applicability.rawValue, to: &out)
    JSONWriter.key("edits", to: &out)
    JSONWriter.beginArray(to: &out)
    for edit in fix.edits {
      JSONWriter.beginObject(to: &out)
      write(edit.span, to: &out)
      JSONWriter.key("text", to: &out)
      JSONWriter.value(edit.text.span, to: &out)
      JSONWriter.endObject(to: &out)
    }
    JSONWriter.endArray(to: &out)
    JSONWriter.endObject(to: &out)
  }

  private func write(_ span: SourceSpan, to out: inout [UInt8]) {
    JSONWriter.key("start", to: &out)
    write(span.start, to: &out)
    JSONWriter.key("end", to: &out)
    write(span.end, to: &out)
  }

  private func write(_ position: Position, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("line", to: &out)
    JSONWriter.value(position.line, to: &out)
    JSONWriter.key("column", to: &out)
    JSONWriter.value(position.column, to: &out)
    JSONWriter.key("offset", to: &out)
    JSONWriter.value(position.offset, to: &out)
    JSONWriter.endObject(to: &out)
  }
}
