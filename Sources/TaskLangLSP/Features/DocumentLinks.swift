import TaskLang

/// The files that commands name and that are there.
struct DocumentLinks {
  /// A name in the text and the file that it stands for.
  struct Link {
    let range: Range<Int>
    let path: String
  }

  /// Most links that are made, and most commands that are looked through for them.
  private static let linkLimit = 1000
  private static let commandLimit = 10_000

  private let surroundings: any Surroundings
  private let folder: String?
  private(set) var links: [Link] = []
  private var seen: Set<Range<Int>> = []
  private var known: [String: Bool] = [:]
  private var tree = CommandTree()
  private var commands = 0

  /// Looks through a document.
  init(_ document: Document, _ surroundings: any Surroundings) {
    self.surroundings = surroundings
    folder = FileAddress.path(of: document.uri).map(FileAddress.folder)
    var isFresh = true
    document.forEachStatement(in: 0..<document.buffer.count) { view, bytes, lowering in
      guard let body = view.body, !view.isUnreached else {
        if case .directive = view.statement { isFresh = true }
        return true
      }
      // Of commands that name no file themselves, one tells what the affixes name.
      guard isFresh || Self.mayNameFile(bytes, body) else { return true }
      isFresh = false
      tree.read(view, body, in: bytes, lowering)
      add(FileNames(tree, in: folder).names)
      commands += 1
      return commands < Self.commandLimit && links.count < Self.linkLimit
    }
    links.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static func mayNameFile(_ bytes: Span<UInt8>, _ body: Range<Int>) -> Bool {
    for index in body {
      switch bytes[index] {
      case UInt8(ascii: "<"), UInt8(ascii: ">"): return true
      case UInt8(ascii: "."), UInt8(ascii: "e"):
        // `. file` and `source file`.
        if index + 1 < body.upperBound, bytes[index + 1] == UInt8(ascii: " ") { return true }
      default: break
      }
    }
    return false
  }

  private mutating func add(_ names: [FileName]) {
    for name in names where !name.isFolder {
      guard let path = name.path, let range = tree.document(name.range), isThere(path),
        seen.insert(range).inserted
      else { continue }
      links.append(Link(range: range, path: path))
    }
  }

  private mutating func isThere(_ path: String) -> Bool {
    if let answer = known[path] { return answer }
    let answer = surroundings.kind(of: path) == .file
    known[path] = answer
    return answer
  }
}
