/// Where a redirection writes, as far as the text tells.
struct ShellTarget: Sendable {
  /// The DISBATCH variables of a name, by what they part.
  struct Variables: OptionSet, Sendable {
    let rawValue: UInt16
    /// Parts all tasks.
    static let task = Variables(rawValue: 1)
    static let repeatIndex = Variables(rawValue: 2)
    /// Parts lines, not the tasks of one REPEAT.
    static let line = Variables(rawValue: 4)
    static let engine = Variables(rawValue: 8)
    static let cylinder = Variables(rawValue: 16)
    /// The same for all tasks of a run: JOBID, NAMETASKS, CORES_PER_TASK and the like.
    static let constant = Variables(rawValue: 32)
    /// Something else that is expanded: nothing is known of the name.
    static let opaque = Variables(rawValue: 64)
    /// One of them is padded to six digits.
    static let padded = Variables(rawValue: 128)
  }

  private static let emptyHash = NumberedHash().value

  /// The redirection.
  var redirection: Int32
  /// The word it names.
  var word: Int32
  /// Whether an earlier content of the file is lost.
  var truncates: Bool
  /// What its name is made of.
  var variables: Variables = []
  /// A hash of the name as written, without quotes; each variable stands as itself.
  private var name = NumberedHash()
  /// The hash of its folder, where no variable stands in it.
  var folderHash: UInt64?
  var isAbsolute = false
  /// Whether it is below /dev.
  var isDevice = false
  /// What has been read of a part of the name between two slashes.
  private var part = Part.start

  /// `.` and an empty part, as in `./log` and `a//log`, are not read into the hash, so that a file has
  /// one hash under all its spellings.
  private enum Part: Sendable { case start, dot, name }

  /// The hash of the name.
  var hash: UInt64 { name.value }

  /// Reads the target of a redirection; nil for one that writes no file.
  init?(_ redirection: Int32, _ parser: borrowing ShellParser) {
    let node = parser.node(redirection)
    let truncates: Bool
    switch node.mark {
    case .output, .clobber, .both: truncates = true
    case .append, .appendBoth: truncates = false
    case .duplicateOutput where parser.namesFile(redirection): truncates = true
    default: return nil
    }
    guard node.firstChild >= 0 else { return nil }
    self.init(redirection, node.firstChild, truncates: truncates, parser)
  }

  private init(
    _ redirection: Int32,
    _ word: Int32,
    truncates: Bool,
    _ parser: borrowing ShellParser
  ) {
    self.redirection = redirection
    self.word = word
    self.truncates = truncates
    note(parser.node(word).range, in: parser.text.span)
    read(word, parser)
    end()
  }

  /// The files that a `tee` writes.
  static func ofTee(_ command: Int32, _ parser: borrowing ShellParser) -> [ShellTarget] {
    var files: [Int32] = []
    var appends = false
    for word in parser.words(of: command).dropFirst() {
      let range = parser.node(word).range
      if parser.text[range.lowerBound] != UInt8(ascii: "-") {
        files.append(word)
      } else if range.count > 1, parser.text[range.lowerBound + 1] != UInt8(ascii: "-") {
        appends = appends || parser.text[range].contains(UInt8(ascii: "a"))
      } else {
        appends = appends || parser.equals(range, "--append")
      }
    }
    var targets: [ShellTarget] = []
    for file in files { targets.append(ShellTarget(-1, file, truncates: !appends, parser)) }
    return targets
  }

  private mutating func read(_ index: Int32, _ parser: borrowing ShellParser) {
    let node = parser.node(index)
    var position = Int(node.start)
    var child = node.firstChild
    while child >= 0 {
      let part = parser.node(child)
      take(position..<Int(part.start), parser)
      switch part.kind {
      case .singleQuoted: take(Int(part.start) + 1..<Int(part.end) - 1, parser)
      case .escape: take(Int(part.start) + 1..<Int(part.end), parser)
      case .doubleQuoted: read(child, parser)
      case .parameter: take(parameter: child, parser)
      default: variables.insert(.opaque)
      }
      position = Int(part.end)
      child = part.nextSibling
    }
    take(position..<Int(node.end), parser)
  }

  private mutating func take(_ range: Range<Int>, _ parser: borrowing ShellParser) {
    for index in range { take(parser.text[index]) }
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return
    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"),
      UInt8(ascii: "~"):
      variables.insert(.opaque)
    case UInt8(ascii: "/"):
      if part != .name, hash != Self.emptyHash || part == .dot {
        part = .start
        return
      }
      part = .start
      folderHash = variables.subtracting(.constant).isEmpty ? hash : nil
      mix(byte)
      return
    case UInt8(ascii: ".") where part == .start:
      part = .dot
      return
    default: break
    }
    end()
    part = .name
    mix(byte)
  }

  /// Reads a `.` into the hash that turned out to be the beginning of a longer part.
  @inline(__always)
  private mutating func end() {
    guard part == .dot else { return }
    part = .name
    mix(UInt8(ascii: "."))
  }

  /// Continues the hash.
  @inline(__always)
  private mutating func mix(_ byte: UInt8) { name.take(byte) }

  private mutating func take(parameter: Int32, _ parser: borrowing ShellParser) {
    let node = parser.node(parameter)
    let name = parser.parameterName(parameter)
    let isWhole = node.mark != .braced || name.upperBound == Int(node.end) - 1
    take(isWhole ? name : 0..<0, of: parser.text.span)
  }

  /// Takes the variable of a name; an empty one stands for what is not known.
  private mutating func take(_ name: Range<Int>, of bytes: Span<UInt8>) {
    guard let variable = DisbatchVariable(bytes, name) else {
      variables.insert(.opaque)
      return
    }
    end()
    part = .name
    mix(0)
    for index in name { mix(bytes[index]) }
    mix(0)
    variables.formUnion(variable.parts)
  }

  /// Puts another name in place of this one.
  ///
  /// - Parameters:
  ///   - range: The name: ordinary bytes, double quotes, `$name` and `${name}`, as an outline has it.
  ///   - bytes: What it stands in.
  mutating func rename(_ range: Range<Int>, in bytes: Span<UInt8>) {
    variables = []
    name = NumberedHash()
    folderHash = nil
    part = .start
    note(range, in: bytes)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "$") else {
        take(byte)
        continue
      }
      let isBraced = bytes[index] == UInt8(ascii: "{")
      if isBraced { index += 1 }
      var end = index + 1
      if ASCII.startsName(bytes[index]) {
        while end < range.upperBound, ASCII.continuesName(bytes[end]) { end += 1 }
      }
      take(index..<end, of: bytes)
      index = isBraced ? end + 1 : end
    }
    self.end()
  }

  /// Takes note of what the beginning of a name tells.
  @inline(__always)
  private mutating func note(_ range: Range<Int>, in bytes: Span<UInt8>) {
    isAbsolute = bytes[range.lowerBound] == UInt8(ascii: "/")
    isDevice =
      isAbsolute && bytes.starts(with: "/dev/", at: range.lowerBound, end: range.upperBound)
  }

  /// The hash of the whole name for a command that works in a folder; nil where that is not known.
  @inline(__always)
  func name(in folder: UInt64?) -> UInt64? {
    isAbsolute ? hash : folder.map { $0 &+ hash }
  }

  /// The hash of the file's folder, which is that of the tasks for a name without a slash.
  ///
  /// - Parameter name: The hash of the whole name.
  /// - Returns: nil where it is not known.
  @inline(__always)
  func folder(of name: UInt64?) -> UInt64? {
    if let folderHash { return folderHash }
    return name == nil || isAbsolute || variables.contains(.opaque) ? nil : 0
  }

  /// Whether two tasks of one REPEAT write to one file.
  var isSharedInRepeat: Bool { variables.isDisjoint(with: [.opaque, .task, .repeatIndex]) }

  /// Whether the name is the same for every task.
  var isConstant: Bool { variables.subtracting(.constant).isEmpty }
}
