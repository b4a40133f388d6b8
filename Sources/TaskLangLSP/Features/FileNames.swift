import TaskLang

/// A name of a file in a command.
struct FileName {
  /// Its place in the command.
  let range: Range<Int>
  /// As it is written, without quotes.
  let name: String
  /// The folder that it is seen from; nil where that is not known.
  let folder: String?
  /// Whether it is a folder: what `cd` goes to.
  let isFolder: Bool

  /// The path; nil where it is not known.
  var path: String? {
    PathText.isAbsolute(name) ? name : folder.map { FileAddress.join($0, name) }
  }
}

/// Finds the names of files in commands: of redirections, and what `cd` and `source` are given.
struct FileNames {
  private let tree: CommandTree
  private(set) var names: [FileName] = []

  /// Looks through a command that starts in a folder.
  init(_ tree: CommandTree, in folder: String?) {
    self.tree = tree
    guard tree.isWhole else { return }
    var folder = folder
    walk(tree.parser.root, &folder)
  }

  /// Looks through a node, which may go to another folder.
  private mutating func walk(_ index: Int32, _ folder: inout String?) {
    let node = tree.parser.nodes[Int(index)]
    let children = tree.children(of: index)
    var inner = folder
    for child in children {
      let part = tree.parser.nodes[Int(child)]
      if part.kind == .redirection { note(redirection: child, from: folder) }
      switch node.kind {
      // A `cd` in a subshell has no effect outside of it.
      case .subshell, .commandSubstitution, .processSubstitution, .coprocess: walk(child, &inner)
      case .pipeline where children.count > 1:
        var own = folder
        walk(child, &own)
      // A function is where it is called.
      case .function: return
      default: walk(child, &folder)
      }
    }
    if node.kind == .simple { note(simple: children, &folder) }
  }

  private mutating func note(redirection: Int32, from folder: String?) {
    switch tree.parser.nodes[Int(redirection)].mark {
    case .input, .output, .append, .clobber, .readWrite, .both, .appendBoth:
      guard let word = tree.children(of: redirection).first else { return }
      _ = add(word, from: folder, isFolder: false)
    default: return
    }
  }

  private mutating func note(simple children: [Int32], _ folder: inout String?) {
    let words = children.filter { tree.parser.nodes[Int($0)].kind == .word }
    guard let first = words.first else { return }
    switch String(decoding: tree.parser.literal(first), as: UTF8.self) {
    case "cd":
      guard words.count == 2 else { return folder = nil }
      folder = add(words[1], from: folder, isFolder: true)
    case "pushd", "popd": folder = nil
    case ".", "source": if words.count > 1 { _ = add(words[1], from: folder, isFolder: false) }
    default: break
    }
  }

  /// Adds a name.
  ///
  /// - Returns: Its path; nil where it is not known.
  private mutating func add(_ word: Int32, from folder: String?, isFolder: Bool) -> String? {
    let bytes = tree.parser.literal(word)
    guard !bytes.contains(ShellParser.expansion), !bytes.isEmpty else { return nil }
    let text = SystemText.text(of: bytes)
    let range = tree.parser.nodes[Int(word)].range
    let name = FileName(range: range, name: text, folder: folder, isFolder: isFolder)
    names.append(name)
    return name.path
  }
}
