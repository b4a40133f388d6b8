/// What is known of lines by their outlines, under one PREFIX and SUFFIX.
///
/// The first line of an outline is parsed and looked at by all rules. Of a second one only that is left
/// to do which turns on the names of its files.
struct ShellOutlines: Sendable {
  /// A file that lines of an outline write.
  struct File: Sendable {
    /// The file, as the first line named it.
    var target: ShellTarget
    /// Which name of the outline it is; nil where an affix names it.
    var name: Int?
    /// Which of the labels says where an affix names it.
    var label: Int?
    /// Whether DB505 speaks of it, and so nothing else does.
    var isNamedByRank: Bool
  }

  /// What is known of the lines of one outline.
  final class Entry: Sendable {
    let key: [UInt8]
    let hash: UInt64
    let files: [File]
    /// Where affixes name files.
    let labels: [Label]
    /// The hash of the folder that PREFIX goes to; nil where the folder is not known.
    let folder: UInt64?
    /// Which names are those of folders gone to from there.
    let folderNames: [Int]
    /// Whether the output of each goes nowhere.
    let isUncaptured: Bool
    /// The findings that each of them is a further case of.
    let recurrences: [Int]
    /// The findings that an observer notes of each.
    let notes: [ShellNote]
    /// Whether a name holds a number that is padded to six digits.
    let usesPadding: Bool

    init(
      _ outline: ShellOutline,
      files: [File],
      labels: [Label],
      folder: UInt64?,
      folderNames: [Int],
      isUncaptured: Bool,
      recurrences: [Int],
      notes: [ShellNote]
    ) {
      (key, hash) = (outline.key, outline.hash)
      self.files = files
      self.labels = labels
      self.folder = folder
      self.folderNames = folderNames
      self.isUncaptured = isUncaptured
      self.recurrences = recurrences
      self.notes = notes
      usesPadding = files.contains { $0.target.variables.contains(.padded) }
    }
  }

  /// Outlines that are remembered at once; then all are forgotten.
  private static let limit = 512
  /// Places for them, a power of two.
  private static let placeCount = 2048

  /// The outline of the line at hand.
  private(set) var outline = ShellOutline()
  /// Whether the line at hand has an outline.
  private(set) var hasOutline = false

  private var entries: [Entry] = []
  private var places = [UInt16](repeating: 0, count: placeCount)
  private var last: Entry?
  /// Lines whose outline was known, since all were forgotten.
  private var hits = 0
  /// Whether outlines are of any use under these affixes.
  private var isPossible = false
  private var needsWord = false
  private var edge = ShellOutline.Edge.blank
  private var lengthLimit = 0

  /// Takes up affixes, and forgets what was known under others.
  mutating func begin(_ prefix: [UInt8], _ suffix: [UInt8]) {
    forget()
    lengthLimit = ShellParser.lengthLimit - prefix.count - suffix.count
    switch prefix.last {
    case nil, ASCII.space, ASCII.tab: (isPossible, needsWord) = (true, false)
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("):
      (isPossible, needsWord) = (true, true)
    default: isPossible = false
    }
    switch suffix.first {
    case nil, ASCII.space, ASCII.tab: edge = .blank
    case UInt8(ascii: "<"), UInt8(ascii: ">"): edge = .angle
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"): edge = .other
    default: isPossible = false
    }
    // Behind these even the second word may be a reserved one.
    let all = 0..<prefix.count
    if prefix.span.contains("coproc", in: all) || prefix.span.contains("function", in: all) {
      isPossible = false
    }
  }

  private mutating func forget() {
    hits = 0
    last = nil
    guard !entries.isEmpty else { return }
    entries.removeAll(keepingCapacity: true)
    for index in places.indices { places[index] = 0 }
  }

  /// Forgets the outline of the last line, of which nothing is to be learned any more.
  mutating func dropLine() { hasOutline = false }

  /// Makes no more outlines until other affixes come.
  mutating func giveUp() {
    forget()
    (isPossible, hasOutline) = (false, false)
  }

  /// Makes the outline of a line and looks it up.
  ///
  /// - Parameters:
  ///   - piece: The line's part that is a task.
  ///   - bytes: The line.
  /// - Returns: What is known of its lines.
  @inline(__always)
  mutating func find(_ piece: Range<Int>, of bytes: Span<UInt8>) -> Entry? {
    hasOutline = false
    guard isPossible, piece.count < lengthLimit, !piece.isEmpty else { return nil }
    if needsWord, Self.isOperator(bytes[piece.lowerBound]) { return nil }
    hasOutline = outline.take(piece, of: bytes, before: edge)
    guard hasOutline else { return nil }
    if let last, last.hash == outline.hash, last.key == outline.key {
      hits &+= 1
      return last
    }
    return findUncommon()
  }

  private static func isOperator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      true
    default: false
    }
  }

  private mutating func findUncommon() -> Entry? {
    let number = Int(places[place(of: outline)])
    guard number > 0 else { return nil }
    hits &+= 1
    last = entries[number - 1]
    return last
  }

  /// The place of an outline, or the free one where it would be.
  private func place(of outline: ShellOutline) -> Int {
    var place = Int(truncatingIfNeeded: outline.hash ^ (outline.hash >> 32)) & (Self.placeCount - 1)
    while places[place] > 0 {
      let entry = entries[Int(places[place]) - 1]
      if entry.hash == outline.hash, entry.key == outline.key { return place }
      place = (place + 1) & (Self.placeCount - 1)
    }
    return place
  }

  /// Remembers what is known of the lines of the outline at hand.
  mutating func remember(_ entry: Entry) {
    if entries.count == Self.limit {
      // Lines that have so little in common are not worth the trouble.
      if hits < 4 * Self.limit { return giveUp() }
      forget()
    }
    let place = place(of: outline)
    guard places[place] == 0 else {
      entries[Int(places[place]) - 1] = entry
      return
    }
    entries.append(entry)
    places[place] = UInt16(entries.count)
  }
}
