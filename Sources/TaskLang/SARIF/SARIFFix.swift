/// Writes `fix` objects of SARIF (section 3.55).
enum SARIFFix {
  /// Writes the member `fixes`, where there are any that need no person to fill them in.
  static func append(_ fixes: [FixIt], uri: String, to out: inout [UInt8]) {
    let complete = fixes.filter { $0.applicability != .placeholder && !$0.edits.isEmpty }
    guard !complete.isEmpty else { return }
    JSONWriter.key("fixes", to: &out)
    JSONWriter.beginArray(to: &out)
    for fix in complete { append(fix, uri: uri, to: &out) }
    JSONWriter.endArray(to: &out)
  }

  private static func append(_ fix: FixIt, uri: String, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("description", to: &out)
    SARIFMessage.append(fix.message, to: &out)
    JSONWriter.key("artifactChanges", to: &out)
    JSONWriter.beginArray(to: &out)
    JSONWriter.beginObject(to: &out)
    SARIFLocation(uri: uri).artifact(to: &out)
    JSONWriter.key("replacements", to: &out)
    JSONWriter.beginArray(to: &out)
    for edit in fix.edits { append(edit, to: &out) }
    JSONWriter.endArray(to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endArray(to: &out)
    JSONWriter.key("properties", to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("applicability", fix.applicability.rawValue, to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endObject(to: &out)
  }

  private static func append(_ edit: Edit, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("deletedRegion", to: &out)
    SARIFLocation.region(edit.span, to: &out)
    JSONWriter.key("insertedContent", to: &out)
    JSONWriter.beginObject(to: &out)
    if UTF8Text.isWellFormed(edit.text.span, 0..<edit.text.count) {
      JSONWriter.key("text", to: &out)
      JSONWriter.value(edit.text.span, to: &out)
    } else {
      JSONWriter.key("binary", to: &out)
      JSONWriter.base64(edit.text.span, to: &out)
    }
    JSONWriter.endObject(to: &out)
    JSONWriter.endObject(to: &out)
  }
}
