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

  /// The redirection.
  var redirection: Int32
  /// The word it names.
  var word: Int32
  /// Whether an earlier content of the file is lost.
  var truncates: Bool
  /// What its name is made of.
  var variables: Variables = []
  /// The name as written, without quotes; each variable stands as itself.
  var hash: UInt64 = 14_695_981_039_346_656_037
  /// The hash of its folder, where no variable stands in it.
  var folderHash: UInt64?
  var isAbsolute = false
  /// Whether it is below /dev.
  var isDevice = false

  /// Reads the target of a redirection; nil for one that writes no file.
  init?(_ redirection: Int32, _ parser: borrowing ShellParser) {
    let node = parser.node(redirection)
    switch node.mark {
    case .output, .clobber, .both: truncates = true
    case .append, .appendBoth: truncates = false
    case .duplicateOutput where parser.namesFile(redirection): truncates = true
    default: return nil
    }
    guard node.firstChild >= 0 else { return nil }
    self.redirection = redirection
    word = node.firstChild
    let range = parser.node(word).range
    isAbsolute = parser.text[range.lowerBound] == UInt8(ascii: "/")
    isDevice = parser.text.span.starts(
      with: "/dev/",
      at: range.lowerBound,
      end: range.upperBound
    )
    folderHash = nil
    read(word, parser)
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
    for index in range {
      let byte = parser.text[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): continue
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"),
        UInt8(ascii: "~"):
        variables.insert(.opaque)
      case UInt8(ascii: "/"):
        folderHash = variables.subtracting(.constant).isEmpty ? hash : nil
      default: break
      }
      mix(byte)
    }
  }

  /// Continues the hash (FNV-1a).
  private mutating func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }

  private mutating func take(parameter: Int32, _ parser: borrowing ShellParser) {
    let node = parser.node(parameter)
    let name = parser.parameterName(parameter)
    let isWhole = node.mark != .braced || name.upperBound == Int(node.end) - 1
    guard isWhole, let variable = DisbatchVariable(parser, name) else {
      variables.insert(.opaque)
      return
    }
    mix(0)
    for index in name { mix(parser.text[index]) }
    mix(0)
    variables.formUnion(variable.parts)
  }

  /// Whether two tasks of one REPEAT write to one file.
  var isSharedInRepeat: Bool { variables.isDisjoint(with: [.opaque, .task, .repeatIndex]) }

  /// Whether the name is the same for every task.
  var isConstant: Bool { variables.subtracting(.constant).isEmpty }
}
