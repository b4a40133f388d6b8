/// Writes `location` and `region` objects of SARIF (sections 3.28 and 3.30).
struct SARIFLocation {
  /// The file, as a URI reference.
  let uri: String

  /// Writes a location.
  func append(_ span: SourceSpan, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    physical(span, to: &out)
    JSONWriter.endObject(to: &out)
  }

  /// Writes the location of a label, to which the message links by its number.
  func append(_ label: Label, id: Int, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("id", id, to: &out)
    physical(label.span, to: &out)
    JSONWriter.key("message", to: &out)
    SARIFMessage.append(label.message, to: &out)
    JSONWriter.endObject(to: &out)
  }

  /// Writes the file.
  func artifact(to out: inout [UInt8]) {
    JSONWriter.key("artifactLocation", to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("uri", uri, to: &out)
    JSONWriter.endObject(to: &out)
  }

  /// Writes a region; its end is exclusive, as in SARIF.
  static func region(_ span: SourceSpan, to out: inout [UInt8]) {
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("startLine", span.start.line, to: &out)
    JSONWriter.member("startColumn", span.start.column, to: &out)
    JSONWriter.member("endLine", span.end.line, to: &out)
    JSONWriter.member("endColumn", span.end.column, to: &out)
    JSONWriter.endObject(to: &out)
  }

  private func physical(_ span: SourceSpan, to out: inout [UInt8]) {
    JSONWriter.key("physicalLocation", to: &out)
    JSONWriter.beginObject(to: &out)
    artifact(to: &out)
    JSONWriter.key("region", to: &out)
    Self.region(span, to: &out)
    JSONWriter.endObject(to: &out)
  }
}
