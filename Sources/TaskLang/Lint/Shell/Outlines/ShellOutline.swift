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
    /// Its place in the line; of a redirection only where it starts.
    var start: Int32
    var end: Int32

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// What stands behind the line when it is joined.
  package enum Edge: Sendable { case blank, angle, other }

  /// Most bytes of an outline that is worth remembering.
  private static let keyLimit = 1024

  /// The outline: bytes of 0x20 and more are text, those below are `Mark`s.
  package private(set) var key: [UInt8] = []
  /// A hash of it.
  private(set) var hash: UInt64 = 0
  /// The pieces, in the order of the line; of more than one ordinary argument, all.
  private(set) var pieces: [Piece] = []
  /// Those of them that name files and folders: as many in all lines of one outline.
  private(set) var names: [Piece] = []

  /// Where the reading stands.
  var index = 0
  var end = 0
  /// Whether a name, or an assignment before it, may come.
  var awaitsName = true
  /// Whether the command has nothing yet.
  var isEmpty = true
  /// Whether only redirections and operators may come.
  var isClosed = false
  /// How the words of the command are written down.
  var arguments = ShellArguments.ofUnknown
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
  }

  package init() {}

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - piece: The line's part that is a task.
  ///   - bytes: The line.
  ///   - edge: What SUFFIX begins with.
  /// - Returns: Whether it has an outline.
  /// - Complexity: O(length).
  package mutating func take(
    _ piece: Range<Int>,
    of bytes: Span<UInt8>,
    before edge: Edge
  ) -> Bool {
    key.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    hash = 0
    (index, end) = (piece.lowerBound, piece.upperBound)
    (awaitsName, isEmpty, isClosed, arguments) = (true, true, false, .ofUnknown)
    while true {
      while index < end, bytes[index] == ASCII.space || bytes[index] == ASCII.tab { index += 1 }
      guard index < end else { break }
      switch bytes[index] {
      case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
        if bytes[index] == UInt8(ascii: "&"), byte(behind: 1, of: bytes) == UInt8(ascii: ">") {
          guard takeRedirection(from: index, of: bytes) else { return false }
        } else {
          guard takeOperator(of: bytes) else { return false }
        }
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        guard takeRedirection(from: index, of: bytes) else { return false }
      case UInt8(ascii: "("):
        guard awaitsName, isEmpty, !isClosed else { return false }
        append(UInt8(ascii: "("))
        index += 1
      case UInt8(ascii: ")"):
        guard !isEmpty else { return false }
        append(UInt8(ascii: ")"))
        index += 1
        isClosed = true
      case ASCII.hash: return false
      default:
        guard !isClosed, takeWord(of: bytes) else { return false }
      }
      if key.count > Self.keyLimit { return false }
    }
    return !pieces.isEmpty && ends(before: edge, bytes)
  }

  /// Whether the line's end is that of a token, whatever SUFFIX goes on with.
  private func ends(before edge: Edge, _ bytes: Span<UInt8>) -> Bool {
    if edge == .blank { return true }
    switch bytes[end - 1] {
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
      UInt8(ascii: ")"), ASCII.space, ASCII.tab:
      return false
    default:
      guard let last = pieces.last else { return false }
      return last.role != .redirection && !(edge == .angle && isDescriptor(last.range, bytes))
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

  /// An operator between commands.
  private mutating func takeOperator(of bytes: Span<UInt8>) -> Bool {
    guard !isEmpty else { return false }
    let first = bytes[index]
    let second = byte(behind: 1, of: bytes)
    append(first)
    index += 1
    if second == first || (first == UInt8(ascii: "|") && second == UInt8(ascii: "&")) {
      if first == UInt8(ascii: ";") { return false }
      append(second)
      index += 1
    }
    (awaitsName, isEmpty, isClosed, arguments) = (true, true, false, .ofUnknown)
    return true
  }
}
