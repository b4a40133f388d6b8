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
    /// Whether the output of each is discarded.
    let isUncaptured: Bool
    /// The findings that each of them is a further case of.
    let recurrences: [Int]
    /// The findings that an observer notes of each.
    let notes: [ShellNote]
    /// Whether a name holds a number that is padded to six digits.
    let usesPadding: Bool

    // More than five: one for each part of the value.
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

  /// The outline of the current line.
  private(set) var outline = ShellOutline()
  /// Whether the current line has an outline.
  private(set) var hasOutline = false

  private var entries: [Entry] = []
  private var places = [UInt16](repeating: 0, count: placeCount)
  private var last: Entry?
  /// Lines whose outline was known, since all were forgotten.
  private var hits = 0
  /// Whether outlines are of any use under these affixes.
  private var isPossible = false
  /// Whether the first byte of a line must not be that of an operator.
  private var needsWord = false
  private var lengthLimit = 0

  /// PREFIX, the current line, and as much of SUFFIX as its last token may go on with.
  private(set) var text: [UInt8] = []
  private var prefixCount = 0
  private var suffix: [UInt8] = []
  /// The beginning of `suffix` in which a word ends that is not quoted, and two bytes more.
  private var lead: [UInt8] = []
  /// Where lines begin.
  private(set) var start = ShellOutline.Start()
  /// Whether a tree has to tell what PREFIX leaves the grammar to expect.
  private(set) var awaitsStart = false

  /// Whether lines are remembered at all.
  private let isEnabled: Bool

  init(isEnabled: Bool) { self.isEnabled = isEnabled }

  /// Takes up affixes, and forgets what was known under others.
  mutating func begin(_ prefix: [UInt8], _ suffix: [UInt8]) {
    guard isEnabled else { return }
    forget()
    lengthLimit = ShellParser.lengthLimit - prefix.count - suffix.count
    text = prefix
    prefixCount = prefix.count
    self.suffix = suffix
    let end = suffix.firstIndex(where: Self.endsWord) ?? suffix.count
    lead = Array(suffix.prefix(end + 3))
    // Behind a name it makes a function of that, whatever the name is.
    isPossible = suffix.first { $0 != ASCII.space && $0 != ASCII.tab } != UInt8(ascii: "(")
    (needsWord, awaitsStart) = (false, false)
    if let start = outline.start(of: prefix.span) {
      self.start = start
    } else {
      beginUnknown(prefix)
    }
  }

  /// Takes up a PREFIX that has no outline: lines have one if they begin with a token.
  private mutating func beginUnknown(_ prefix: [UInt8]) {
    start = ShellOutline.Start()
    start.index = prefix.count
    awaitsStart = true
    switch prefix.last {
    case nil, ASCII.space, ASCII.tab: break
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("):
      needsWord = true
    default: isPossible = false
    }
    // Behind these even the second word may be a reserved one.
    let all = 0..<prefix.count
    if prefix.span.contains("coproc", in: all) || prefix.span.contains("function", in: all) {
      isPossible = false
    }
  }

  /// Learns from a tree what a PREFIX that has no outline leaves the grammar to expect.
  mutating func learnStart(_ parser: borrowing ShellParser, _ site: ShellSite) {
    guard awaitsStart, isPossible else { return }
    var inner: Int32 = -1
    for index in parser.nodes.indices where parser.nodes[index].kind == .simple {
      let range = parser.nodes[index].range
      guard range.lowerBound < site.bodyStart, range.upperBound > site.bodyStart else { continue }
      if inner < 0 || range.lowerBound > parser.node(inner).range.lowerBound {
        inner = Int32(index)
      }
    }
    guard inner >= 0, let word = parser.words(of: inner).first,
      parser.node(word).range.upperBound <= site.bodyStart
    else { return }
    awaitsStart = false
    start.state.awaitsName = false
    start.state.isEmpty = false
    start.state.arguments =
      parser.commandName(of: inner).map {
        outline.known.arguments(behind: $0, of: parser.text.span)
      } ?? .ofUnknown
    forget()
    dropLine()
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
  ///   - piece: The line's part that is a command.
  ///   - bytes: The line.
  ///   - isRepeat: Whether it is that of a REPEAT.
  /// - Returns: What is known of its lines.
  @inline(__always)
  mutating func find(_ piece: Range<Int>, of bytes: Span<UInt8>, isRepeat: Bool = false) -> Entry? {
    hasOutline = false
    guard isPossible, piece.count < lengthLimit, !piece.isEmpty else { return nil }
    hasOutline = makeOutline(piece, of: bytes, isRepeat: isRepeat)
    guard hasOutline else { return nil }
    if let last, last.hash == outline.hash, last.key == outline.key {
      hits &+= 1
      return last
    }
    return findUncommon()
  }

  private mutating func makeOutline(
    _ piece: Range<Int>,
    of bytes: Span<UInt8>,
    isRepeat: Bool
  ) -> Bool {
    if needsWord, Self.isOperator(bytes[piece.lowerBound]) { return false }
    // It would quote the first byte of SUFFIX.
    if bytes[piece.upperBound - 1] == UInt8(ascii: "\\") { return false }
    text.removeLast(text.count - prefixCount)
    text.append([], piece, of: bytes, lead)
    let body = prefixCount..<prefixCount + piece.count
    let isMade = Self.make(&outline, of: text, body, from: start, isRepeat: isRepeat)
    if lead.count == suffix.count || (isMade && outline.index + 2 < text.count) { return isMade }
    // Only what is quoted, or stands behind a redirection, goes on so far.
    text.append(contentsOf: suffix[lead.count...])
    return Self.make(&outline, of: text, body, from: start, isRepeat: isRepeat)
  }

  @inline(__always)
  private static func make(
    _ outline: inout ShellOutline,
    of text: [UInt8],
    _ body: Range<Int>,
    from start: ShellOutline.Start,
    isRepeat: Bool
  ) -> Bool {
    outline.take(body, of: text.span, from: start, isRepeat: isRepeat)
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte == ASCII.space || byte == ASCII.tab || isOperator(byte)
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

  /// Remembers what is known of the lines of the current outline.
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
