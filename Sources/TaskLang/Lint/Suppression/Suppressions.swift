/// What comments of an input keep from being reported, and which of them did.
///
/// Each comes before what it speaks of, so that a stream needs no look ahead. A finding is told by
/// its line, since some are found only when their line is long gone.
struct Suppressions: Sendable {
  /// Most words in such comments that have an effect.
  static let limit = 10_000

  /// A word of a comment, what it covers, and whether it did.
  struct Entry: Sendable {
    let verb: SuppressionComment.Verb
    let text: String
    /// The word.
    let place: Label
    /// Takes the word out of the comment.
    let fix: FixIt
    var isUsed = false
  }

  /// A stretch of lines; the last is not known while the stretch is open.
  private struct Cover: Sendable {
    let first: Int
    var last: Int
    let entry: Int
  }

  private(set) var entries: [Entry] = []
  /// Covers of single lines, in the order of their lines, and those of stretches and the file.
  private var lines: [DiagnosticCode: [Cover]] = [:]
  private var blocks: [DiagnosticCode: [Cover]] = [:]
  /// Codes whose last cover in `lines` waits for its line.
  private var waiting: Set<DiagnosticCode> = []

  /// The codes that are suppressed in the line to come, each with the word that does so.
  private(set) var inForce: [DiagnosticCode: Int] = [:]

  /// Whether the next line that is no comment matters.
  var isWaiting: Bool { !waiting.isEmpty }

  /// Adds a word of a comment on a line.
  mutating func add(_ entry: Entry, for codes: [DiagnosticCode], line: Int) {
    let index = entries.count
    entries.append(entry)
    for code in codes {
      switch entry.verb {
      case .ignore, .expect:
        lines[code, default: []].append(Cover(first: line + 1, last: .max, entry: index))
        waiting.insert(code)
        inForce[code] = index
      case .disable:
        blocks[code, default: []].append(Cover(first: line + 1, last: .max, entry: index))
        if !waiting.contains(code) { inForce[code] = index }
      case .ignoreFile:
        blocks[code, default: []].append(Cover(first: 1, last: .max, entry: index))
        if !waiting.contains(code) { inForce[code] = index }
      case .enable: end(code, line: line, by: index)
      }
    }
  }

  /// Ends what keeps a code to itself.
  private mutating func end(_ code: DiagnosticCode, line: Int, by index: Int) {
    guard var covers = blocks[code] else { return }
    for position in covers.indices where covers[position].last == .max {
      guard entries[covers[position].entry].verb == .disable else { continue }
      covers[position].last = line
      entries[index].isUsed = true
    }
    blocks[code] = covers
    if !waiting.contains(code) { inForce[code] = openBlock(of: code) }
  }

  /// The word that suppresses a code until further notice.
  private func openBlock(of code: DiagnosticCode) -> Int? {
    blocks[code]?.last { $0.last == .max }?.entry
  }

  /// Takes in a line that is no comment.
  mutating func reachLine(_ number: Int) {
    guard !waiting.isEmpty else { return }
    for code in waiting {
      guard var covers = lines[code] else { continue }
      var position = covers.count - 1
      while position >= 0, covers[position].last == .max {
        covers[position].last = number
        position -= 1
      }
      lines[code] = covers
      inForce[code] = openBlock(of: code)
    }
    waiting.removeAll()
  }

  /// Whether findings of a code might be kept from being reported.
  func concern(_ code: DiagnosticCode) -> Bool { lines[code] != nil || blocks[code] != nil }

  /// Whether a finding on a line is kept from being reported; what does so counts as used.
  mutating func cover(_ code: DiagnosticCode, line: Int) -> Bool {
    var isCovered = false
    for cover in (lines[code] ?? []).reversed() where cover.first <= line {
      // Covers of single lines end in order too.
      if cover.last < line { break }
      entries[cover.entry].isUsed = true
      isCovered = true
    }
    for cover in blocks[code] ?? [] where cover.first <= line && line <= cover.last {
      entries[cover.entry].isUsed = true
      isCovered = true
    }
    return isCovered
  }
}
