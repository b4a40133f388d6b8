/// A finding that a rule would make, before it is known whether it has been made elsewhere.
struct ShellNote: Sendable, Hashable {
  /// Parts causes of one code in one place.
  let detail: Int
  private let place: Int32
  let code: DiagnosticCode
  /// The part of the command that it is in.
  let part: ShellSite.Part
  /// Whether it is a matter of its line, to be told by itself.
  let isAlone: Bool

  /// Makes a note of what is found at an offset of the joined text.
  init(_ code: DiagnosticCode, at offset: Int, of site: ShellSite, detail: Int, isAlone: Bool) {
    self.code = code
    part = site.part(at: offset)
    switch part {
    // A command of more bytes is not looked into.
    case .prefix: place = Int32(truncatingIfNeeded: offset)
    case .body: place = 0
    case .suffix: place = Int32(truncatingIfNeeded: offset - site.bodyEnd)
    }
    self.detail = detail
    self.isAlone = isAlone
  }

  /// Where in an affix; 0 in the line.
  var offset: Int { Int(place) }
}
