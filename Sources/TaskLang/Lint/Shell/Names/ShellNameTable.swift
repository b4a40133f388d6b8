/// How an outline writes down the words behind the name of a command.
enum ShellArguments: UInt8, Sendable {
  /// The name stands for nothing that a rule or the grammar knows.
  case ofUnknown
  /// The grammar knows the name: no outline is made.
  case ofReserved
  /// Rules know the name, and look at no word behind it.
  case unread
  /// Every word is written out.
  case read
  /// Words that begin with `-` are written out.
  case options
  /// What stands in front of `=` is written out.
  case assignments
  /// Every word has its place, and those with `%` or a variable are written out.
  case formats
  /// Words that begin with `-` are written out, the others are files that are written.
  case files
  /// The word is a folder, whose name counts for the files that follow.
  case folder
}

/// The names of commands that rules or the grammar know.
///
/// An outline leaves out every other name. So a rule that asks for a name which is not here would not
/// be asked again for the second of two lines that differ in it: `isCalled` asserts that it is.
struct ShellNameTable: Sendable {
  static let shared = ShellNameTable()

  /// A power of two, several times the number of names.
  private static let size = 1024

  private var hashes = [UInt64](repeating: 0, count: size)
  private var arguments = [ShellArguments](repeating: .ofUnknown, count: size)
  /// Bytes of the longest name.
  private(set) var longest = 0

  private init() {
    let reserved: [StaticString] = [
      "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do",
      "done", "in", "function", "time", "coproc", "-p", "--",
    ]
    add(reserved, .ofReserved)
    add(["cd"], .folder)
    add(["export", "declare", "typeset", "readonly", "local"], .assignments)
    add(["grep", "sudo"], .options)
    add(
      [
        "set", "source", ".", "conda", "mamba", "micromamba", "module", "ml", "disbatch", "exit",
        "let",
      ],
      .read
    )
    add(["printf"], .formats)
    add(["tee"], .files)
    for names in [ShellCommandNames.readers, ShellCommandNames.launchers] { add(names, .options) }
    for names in ShellCommandNames.all { add(names, .unread) }
  }

  private mutating func add(_ names: [StaticString], _ kind: ShellArguments) {
    for name in names {
      let hash = StableHash(of: Array(name.description.utf8).span).value
      let place = place(of: hash)
      if hashes[place] == hash { continue }
      (hashes[place], arguments[place]) = (hash, kind)
      longest = max(longest, name.utf8CodeUnitCount)
    }
  }

  /// How the words behind a name are written down.
  ///
  /// Should the hash of another name be that of one that is known, then its outline says more than it
  /// must, which does no harm.
  func arguments(behind range: Range<Int>, of bytes: Span<UInt8>) -> ShellArguments {
    guard range.count <= longest else { return .ofUnknown }
    var name = StableHash()
    for index in range { name.combine(bytes[index]) }
    let hash = name.value
    let place = place(of: hash)
    return hashes[place] == hash ? arguments[place] : .ofUnknown
  }

  /// Whether a name is known.
  func knows(_ name: StaticString) -> Bool {
    let bytes = Array(name.description.utf8)
    return arguments(behind: 0..<bytes.count, of: bytes.span) != .ofUnknown
  }

  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (Self.size - 1)
    while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & (Self.size - 1) }
    return place
  }
}
