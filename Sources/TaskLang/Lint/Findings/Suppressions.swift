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

  /// What is suppressed: a code, or one number of shellcheck's.
  private struct Subject: Hashable, Sendable {
    let code: DiagnosticCode
    let number: Int?
  }

  /// A stretch of lines; the last is not known while the stretch is open.
  private struct Cover: Sendable {
    let first: Int
    var last: Int
    let entry: Int
  }

  private(set) var entries: [Entry] = []
  /// Covers of single lines, in the order of their lines, and those of stretches and the file.
  private var lines: [Subject: [Cover]] = [:]
  private var blocks: [Subject: [Cover]] = [:]
  /// Those whose last cover in `lines` waits for its line.
  private var waiting: Set<Subject> = []
  /// Codes that some comment speaks of.
  private var concerned: Set<DiagnosticCode> = []

  /// The codes that are suppressed in the line to come, each with the word that does so.
  private(set) var inForce: [DiagnosticCode: Int] = [:]

  /// Whether the next line that is no comment matters.
  var isWaiting: Bool { !waiting.isEmpty }

  /// Adds a word of a comment on a line.
  mutating func add(_ entry: Entry, for codes: [DiagnosticCode], line: Int) {
    let index = entries.count
    entries.append(entry)
    let number = ShellcheckComment.number(in: entry.text)
    for code in codes {
      let subject = Subject(code: code, number: number)
      concerned.insert(code)
      switch entry.verb {
      case .ignore, .expect:
        lines[subject, default: []].append(Cover(first: line + 1, last: .max, entry: index))
        waiting.insert(subject)
        if number == nil { inForce[code] = index }
      case .disable:
        blocks[subject, default: []].append(Cover(first: line + 1, last: .max, entry: index))
        putInForce(subject, index)
      case .ignoreFile:
        blocks[subject, default: []].append(Cover(first: 1, last: .max, entry: index))
        putInForce(subject, index)
      case .enable: end(subject, line: line, by: index)
      }
    }
  }

  private mutating func putInForce(_ subject: Subject, _ entry: Int?) {
    if subject.number == nil, !waiting.contains(subject) { inForce[subject.code] = entry }
  }

  /// Ends what keeps a code to itself.
  private mutating func end(_ subject: Subject, line: Int, by index: Int) {
    guard var covers = blocks[subject] else { return }
    for position in covers.indices where covers[position].last == .max {
      guard entries[covers[position].entry].verb == .disable else { continue }
      covers[position].last = line
      entries[index].isUsed = true
    }
    blocks[subject] = covers
    putInForce(subject, openBlock(of: subject))
  }

  /// The word that suppresses a code until further notice.
  private func openBlock(of subject: Subject) -> Int? {
    blocks[subject]?.last { $0.last == .max }?.entry
  }

  /// Takes in a line that is no comment.
  mutating func reachLine(_ number: Int) {
    guard !waiting.isEmpty else { return }
    let reached = waiting
    waiting.removeAll()
    for subject in reached {
      guard var covers = lines[subject] else { continue }
      var position = covers.count - 1
      while position >= 0, covers[position].last == .max {
        covers[position].last = number
        position -= 1
      }
      lines[subject] = covers
      putInForce(subject, openBlock(of: subject))
    }
  }

  /// Whether findings of a code might be kept from being reported.
  func concern(_ code: DiagnosticCode) -> Bool { concerned.contains(code) }

  /// Whether a finding on a line is kept from being reported; what does so counts as used.
  mutating func cover(_ code: DiagnosticCode, _ number: Int?, line: Int) -> Bool {
    let isCovered = cover(Subject(code: code, number: nil), line: line)
    guard let number else { return isCovered }
    return cover(Subject(code: code, number: number), line: line) || isCovered
  }

  private mutating func cover(_ subject: Subject, line: Int) -> Bool {
    var isCovered = false
    for cover in (lines[subject] ?? []).reversed() where cover.first <= line {
      // Covers of single lines end in order too.
      if cover.last < line { break }
      entries[cover.entry].isUsed = true
      isCovered = true
    }
    for cover in blocks[subject] ?? [] where cover.first <= line && line <= cover.last {
      entries[cover.entry].isUsed = true
      isCovered = true
    }
    return isCovered
  }
}
