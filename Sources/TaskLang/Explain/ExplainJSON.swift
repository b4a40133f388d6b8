/// Writes pages as JSON Lines: one object each, its keys always there and in one order.
enum ExplainJSON {
  /// Writes one page and the line's end.
  static func append(_ code: DiagnosticCode, to out: inout [UInt8]) {
    let page = code.page
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("code", to: &out)
    JSONWriter.value(code.rawValue, to: &out)
    JSONWriter.key("name", to: &out)
    JSONWriter.value(code.name, to: &out)
    JSONWriter.key("severity", to: &out)
    JSONWriter.value(code.severity.rawValue, to: &out)
    JSONWriter.key("family", to: &out)
    JSONWriter.value(code.family, to: &out)
    JSONWriter.key("optIn", to: &out)
    JSONWriter.value(code.isOptIn, to: &out)
    JSONWriter.key("refusesFile", to: &out)
    JSONWriter.value(code.refusesFile, to: &out)
    JSONWriter.key("finds", to: &out)
    JSONWriter.value(page.finds, to: &out)
    JSONWriter.key("why", to: &out)
    JSONWriter.value(page.why, to: &out)
    JSONWriter.key("mend", to: &out)
    JSONWriter.value(page.mend, to: &out)
    JSONWriter.key("bad", to: &out)
    JSONWriter.value(page.bad.shown, to: &out)
    JSONWriter.key("good", to: &out)
    JSONWriter.value(page.good.shown, to: &out)
    JSONWriter.key("related", to: &out)
    JSONWriter.beginArray(to: &out)
    for code in page.related { JSONWriter.value(code.rawValue, to: &out) }
    JSONWriter.endArray(to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endLine(to: &out)
  }
}
