/// What two lines have in common when whatever holds for the shell text of one holds for the other.
///
/// Lines that a script wrote differ in numbers and names. An outline is a line without the text of
/// words that neither the grammar nor a rule reads: of an ordinary command its name and its arguments,
/// of redirections the files, of `cd` the folder; any number of ordinary arguments is one. What is
/// read is written out: operators, descriptors, names of variables, names that `ShellNameTable` knows
/// and the arguments behind some of them.
///
/// Two lines of one outline under the same PREFIX and SUFFIX have the same tokens, for the lexer
/// decides what a word is by what came before it and, of the text, by nothing that is left out. So
/// their trees differ in places only. Constructs that this could not be said of have no outline:
/// reserved words, functions, substitutions, arithmetic, here-documents, comments.
package struct ShellOutline: Sendable {
  /// What a piece of the line is in the tree.
  enum Role: UInt8, Sendable { case word, assignment, redirection, input, output, folder }

  /// A piece that a tree must have where the outline has it.
  struct Piece: Sendable, Hashable {
    var role: Role
    /// Its place in the joined text.
    var start: Int32
    var end: Int32

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// What the grammar expects where a token begins.
  package struct State: Sendable, Hashable {
    /// Whether a name, or an assignment before it, may come.
    var awaitsName = true
    /// Whether the command has nothing yet.
    var isEmpty = true
    /// Whether only redirections and operators may come.
    var isClosed = false
    /// How the words of the command are written down.
    var arguments = ShellArguments.ofUnknown

    package init() {}
  }

  /// Where the reading of a line begins, which is the same for all lines under one PREFIX.
  package struct Start: Sendable, Hashable {
    /// The first token of the joined text that the line has a part in, or may have.
    var index = 0
    /// What the grammar expects there.
    var state = State()

    package init() {}
  }

  /// Most bytes of an outline that is worth remembering.
  private static let keyLimit = 1024
  /// Most bytes of a word that goes on with one of PREFIX.
  private static let joinLimit = 64

  /// The outline: bytes of 0x20 and more are text, those below are `Mark`s.
  package private(set) var key: [UInt8] = []
  /// A hash of it.
  private(set) var hash: UInt64 = 0
  /// The pieces, in the order of the line; of more than one ordinary argument, all.
  private(set) var pieces: [Piece] = []
  /// Those of them that name files and folders: as many in all lines of one outline.
  private(set) var names: [Piece] = []

  /// Where the reading stands.
  package internal(set) var index = 0
  var end = 0
  /// The line's part of the text.
  var body = 0..<0
  var state = State()
  let known = ShellNameTable.shared

  /// What ends a piece of an outline.
  enum Mark {
    static let name: UInt8 = 0x01
    static let argument: UInt8 = 0x02
    static let text: UInt8 = 0x03
    static let value: UInt8 = 0x04
    static let quotedName: UInt8 = 0x05
    static let redirection: UInt8 = 0x06
    static let input: UInt8 = 0x07
    static let output: UInt8 = 0x08
    static let folder: UInt8 = 0x0E
    static let plainVariable: UInt8 = 0x0F
    static let quotedVariable: UInt8 = 0x10
    static let join: UInt8 = 0x11
    static let repeated: UInt8 = 0x12
  }

  package init() {}

  /// Reads a PREFIX, as far as its tokens end within it.
  ///
  /// - Returns: Where the lines under it begin; nil where that has no outline.
  /// - Complexity: O(length).
  package mutating func start(of prefix: Span<UInt8>) -> Start? {
    begin(Start(), prefix.count..<prefix.count, prefix)
    var start = Start()
    while true {
      while index < end, bytesAreBlank(prefix) { index += 1 }
      (start.index, start.state) = (index, state)
      guard index < end else { return start }
      // What goes on to the end may go on in the line.
      guard takeToken(of: prefix) else { return index < end ? nil : start }
      if index == end { return start }
    }
  }

  /// Reads a line, joined with what stands around it.
  ///
  /// - Parameters:
  ///   - body: The line's part of the text.
  ///   - text: PREFIX, the line, and of SUFFIX what the last token of the line may go on with.
  ///   - start: Where to begin.
  ///   - isRepeat: Whether it is the command of a REPEAT, which has an outline of its own.
  /// - Returns: Whether it has an outline.
  /// - Complexity: O(length).
  package mutating func take(
    _ body: Range<Int>,
    of text: Span<UInt8>,
    from start: Start = Start(),
    isRepeat: Bool = false
  ) -> Bool {
    begin(start, body, text)
    if isRepeat { append(Mark.repeated) }
    while true {
      while index < body.upperBound, bytesAreBlank(text) { index += 1 }
      guard index < body.upperBound else { break }
      guard takeToken(of: text), key.count <= Self.keyLimit else { return false }
    }
    return !pieces.isEmpty && appendJoins(start, of: text)
  }

  private mutating func begin(_ start: Start, _ body: Range<Int>, _ text: Span<UInt8>) {
    key.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    hash = 0
    (index, end, self.body, state) = (start.index, text.count, body, start.state)
  }

  @inline(__always)
  private func bytesAreBlank(_ text: Span<UInt8>) -> Bool {
    text[index] == ASCII.space || text[index] == ASCII.tab
  }

  /// Reads an operator, a redirection or a word.
  private mutating func takeToken(of text: Span<UInt8>) -> Bool {
    switch text[index] {
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
      if text[index] == UInt8(ascii: "&"), byte(behind: 1, of: text) == UInt8(ascii: ">") {
        return takeRedirection(from: index, of: text)
      }
      return takeOperator(of: text)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      return takeRedirection(from: index, of: text)
    case UInt8(ascii: "("):
      guard state.awaitsName, state.isEmpty, !state.isClosed else { return false }
      append(UInt8(ascii: "("))
      index += 1
    case UInt8(ascii: ")"):
      guard !state.isEmpty else { return false }
      append(UInt8(ascii: ")"))
      index += 1
      state.isClosed = true
    case ASCII.hash: return false
    default: return !state.isClosed && takeWord(of: text)
    }
    return true
  }

  /// Adds what rules read where the line meets PREFIX and SUFFIX, and where in SUFFIX its last token ends.
  private mutating func appendJoins(_ start: Start, of text: Span<UInt8>) -> Bool {
    if start.index < body.lowerBound, ASCII.continuesName(text[body.lowerBound - 1]) {
      // The first token is the one that both have a part in.
      var end = body.lowerBound
      while end < body.upperBound, !Self.endsWord(text[end]) { end += 1 }
      guard end - body.lowerBound <= Self.joinLimit else { return false }
      append(Mark.join)
      appendShape(body.lowerBound..<end, of: text)
    }
    let isApart = body.upperBound == end || Self.endsWord(text[body.upperBound])
    guard index > body.upperBound || !isApart else { return true }
    append(Mark.join)
    appendShape(body.upperBound - 1..<body.upperBound, of: text)
    let rest = index - body.upperBound
    guard rest < 64 * 64 else { return false }
    append(UInt8(truncatingIfNeeded: 0x20 + rest / 64))
    append(UInt8(truncatingIfNeeded: 0x20 + rest % 64))
    return true
  }

  /// Adds the kinds of bytes in a row: letters, digits, and every other byte as itself.
  private mutating func appendShape(_ range: Range<Int>, of text: Span<UInt8>) {
    var last: UInt8 = 0
    for index in range {
      var kind = text[index]
      if kind >= 0x80 || (ASCII.startsName(kind) && kind != UInt8(ascii: "_")) {
        kind = UInt8(ascii: "a")
      } else if ASCII.isDigit(kind) {
        kind = ASCII.zero
      }
      if kind != last { append(kind) }
      last = kind
    }
    append(Mark.text)
  }

  /// Whether a byte outside of quotes ends a word.
  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case ASCII.space, ASCII.tab, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
      UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      true
    default: false
    }
  }

  /// Whether a word in front of `<` or `>` would be a descriptor.
  func isDescriptor(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    if bytes[range.lowerBound] == UInt8(ascii: "{") { return true }
    for index in range where !ASCII.isDigit(bytes[index]) { return false }
    return true
  }

  /// A byte further on; a line feed behind the end.
  @inline(__always)
  func byte(behind distance: Int, of bytes: Span<UInt8>) -> UInt8 {
    index + distance < end ? bytes[index + distance] : ASCII.lineFeed
  }

  /// Adds a byte to the outline.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    key.append(byte)
    hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211
  }

  /// Adds text to the outline.
  mutating func append(_ range: Range<Int>, of bytes: Span<UInt8>, _ end: UInt8) {
    for index in range { append(bytes[index]) }
    append(end)
  }

  @inline(__always)
  mutating func add(_ role: Role, _ range: Range<Int>) {
    let piece = Piece(role: role, start: Int32(range.lowerBound), end: Int32(range.upperBound))
    pieces.append(piece)
    if role == .output || role == .folder { names.append(piece) }
  }

  /// Ends a piece where the reading stands.
  mutating func close(piece number: Int) { pieces[number].end = Int32(index) }

  /// An operator between commands.
  private mutating func takeOperator(of bytes: Span<UInt8>) -> Bool {
    guard !state.isEmpty else { return false }
    let first = bytes[index]
    let second = byte(behind: 1, of: bytes)
    append(first)
    index += 1
    if second == first || (first == UInt8(ascii: "|") && second == UInt8(ascii: "&")) {
      if first == UInt8(ascii: ";") { return false }
      append(second)
      index += 1
    }
    state = State()
    return true
  }
}
