/// Writes diagnostics as one SARIF log (OASIS Static Analysis Results Interchange Format 2.1.0).
///
/// Results come first and the rules that they name last, so that nothing need be kept. Columns are
/// code points, lines those that `\n` ends. Messages link to their labels. Braces in messages stand
/// as they are: hardly any reader knows the doubled form of section 3.11.5.
struct SARIFRenderer: Sendable {
  /// The version of the tool, where it is known.
  let toolVersion: String?

  private var rules: [SARIFRule] = []
  private var lineCounts: [LineHash: Int] = [:]
  private var hasBegun = false
  private var hasResult = false

  /// Makes a renderer.
  init(toolVersion: String?) { self.toolVersion = toolVersion }

  /// A finding's code and the hash of its line, by which it is known in another version of the file.
  private struct LineHash: Hashable {
    let code: String
    let hash: UInt64
  }

  /// Begins the log, once.
  mutating func begin(to out: inout [UInt8]) {
    guard !hasBegun else { return }
    hasBegun = true
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("$schema", Self.schema, to: &out)
    JSONWriter.member("version", "2.1.0", to: &out)
    JSONWriter.key("runs", to: &out)
    JSONWriter.beginArray(to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("columnKind", "unicodeCodePoints", to: &out)
    JSONWriter.key("newlineSequences", to: &out)
    JSONWriter.beginArray(to: &out)
    JSONWriter.value("\n", to: &out)
    JSONWriter.endArray(to: &out)
    JSONWriter.key("results", to: &out)
    JSONWriter.beginArray(to: &out)
  }

  /// Writes one result.
  mutating func append(_ diagnostic: Diagnostic, of file: String, to out: inout [UInt8]) {
    // What stands before may be in a buffer that has been written already.
    if hasResult { out.append(UInt8(ascii: ",")) }
    hasResult = true
    out.append(UInt8(ascii: "\n"))
    let uri = ArtifactURI.text(of: file)
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("ruleId", diagnostic.codeText, to: &out)
    JSONWriter.key("ruleIndex", to: &out)
    JSONWriter.value(ruleIndex(of: SARIFRule(diagnostic)), to: &out)
    JSONWriter.member("level", SARIFRule.level(diagnostic.severity), to: &out)
    JSONWriter.key("message", to: &out)
    SARIFMessage.append(SARIFMessage.text(of: diagnostic), to: &out)
    JSONWriter.key("locations", to: &out)
    JSONWriter.beginArray(to: &out)
    SARIFLocation(uri: uri).append(diagnostic.primary.span, to: &out)
    JSONWriter.endArray(to: &out)
    let labels = SARIFMessage.linkedLabels(of: diagnostic)
    if !labels.isEmpty {
      JSONWriter.key("relatedLocations", to: &out)
      JSONWriter.beginArray(to: &out)
      for (index, label) in labels.enumerated() {
        SARIFLocation(uri: uri).append(label, id: index + 1, to: &out)
      }
      JSONWriter.endArray(to: &out)
    }
    JSONWriter.key("partialFingerprints", to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("primaryLocationLineHash", fingerprint(of: diagnostic), to: &out)
    JSONWriter.endObject(to: &out)
    SARIFFix.append(diagnostic.fixes, uri: uri, to: &out)
    JSONWriter.endObject(to: &out)
  }

  /// Ends a file: lines are counted anew in the next.
  mutating func endFile() { lineCounts.removeAll() }

  /// Writes the rules and ends the log.
  mutating func finish(to out: inout [UInt8]) {
    begin(to: &out)
    JSONWriter.endArray(to: &out)
    JSONWriter.key("tool", to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.key("driver", to: &out)
    JSONWriter.beginObject(to: &out)
    JSONWriter.member("name", "disbatch", to: &out)
    if let toolVersion { JSONWriter.member("semanticVersion", toolVersion, to: &out) }
    JSONWriter.key("rules", to: &out)
    JSONWriter.beginArray(to: &out)
    for rule in rules { rule.append(to: &out) }
    JSONWriter.endArray(to: &out)
    for _ in 0..<3 { JSONWriter.endObject(to: &out) }
    JSONWriter.endArray(to: &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endLine(to: &out)
  }

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  private mutating func ruleIndex(of rule: SARIFRule) -> Int {
    if let index = rules.firstIndex(of: rule) { return index }
    rules.append(rule)
    return rules.count - 1
  }

  /// The hash of the line without the blanks around it, and how often it was met.
  private mutating func fingerprint(of diagnostic: Diagnostic) -> String {
    let bytes = diagnostic.primary.excerpt.bytes
    var line = StableHash()
    for byte in bytes where !ASCII.isBlank(byte) { line.combine(byte) }
    let key = LineHash(code: diagnostic.codeText, hash: line.value)
    lineCounts[key, default: 0] += 1
    return "\(String(line.value, radix: 16)):\(lineCounts[key, default: 1])"
  }
}
