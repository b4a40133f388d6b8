extension ShellParser {
  /// The children of a node, in order.
  func children(of node: Int32) -> [Int32] {
    var children: [Int32] = []
    var child = nodes[Int(node)].firstChild
    while child >= 0 {
      children.append(child)
      child = nodes[Int(child)].nextSibling
    }
    return children
  }

  /// A node by its index.
  func node(_ index: Int32) -> ShellNode { nodes[Int(index)] }

  /// A stretch as a message quotes it.
  func quoted(_ range: Range<Int>) -> String { text.span.quoted(range) }

  /// The words of a simple command, its name first.
  func words(of simple: Int32) -> [Int32] {
    children(of: simple).filter { node($0).kind == .word }
  }

  /// The name of a simple command where it stands there in plain letters.
  func commandName(of simple: Int32) -> Range<Int>? {
    guard node(simple).kind == .simple else { return nil }
    var child = node(simple).firstChild
    while child >= 0 {
      let word = node(child)
      if word.kind == .word { return word.firstChild < 0 ? word.range : nil }
      child = word.nextSibling
    }
    return nil
  }

  /// Whether a stretch is one of `words`.
  func isOne(_ range: Range<Int>, of words: [StaticString]) -> Bool {
    for word in words where equals(range, word) { return true }
    return false
  }

  /// The commands of a pipeline.
  func commands(of pipeline: Int32) -> [Int32] { children(of: pipeline) }

  /// The one command of a pipeline that has only one.
  func soleCommand(of pipeline: Int32) -> Int32? {
    let first = node(pipeline).firstChild
    guard first >= 0, first == node(pipeline).lastChild else { return nil }
    return first
  }

  /// The pipeline that has a command alone.
  func pipeline(of command: Int32) -> Int32? {
    for index in nodes.indices where nodes[index].kind == .pipeline {
      if nodes[index].firstChild == command, nodes[index].lastChild == command {
        return Int32(index)
      }
    }
    return nil
  }

  /// The descriptor that a redirection is about, where it is a number.
  func descriptor(of redirection: Int32) -> Int {
    let entry = node(redirection)
    guard entry.detail > entry.start else {
      switch entry.mark {
      case .input, .readWrite, .duplicateInput, .hereDocument, .hereString: return 0
      default: return 1
      }
    }
    var value = 0
    for index in Int(entry.start)..<Int(entry.detail) {
      guard ASCII.isDigit(text[index]), value < 100_000 else { return -1 }
      value = value * 10 + Int(text[index] - ASCII.zero)
    }
    return value
  }

  /// Whether a redirection sends standard output to a file.
  func capturesOutput(_ redirection: Int32) -> Bool {
    switch node(redirection).mark {
    case .output, .append, .clobber: descriptor(of: redirection) == 1
    case .both, .appendBoth: true
    case .duplicateOutput: descriptor(of: redirection) == 1 && namesFile(redirection)
    default: false
    }
  }

  /// Whether `>&` is followed by a file's name and not by a descriptor.
  func namesFile(_ redirection: Int32) -> Bool {
    let target = node(redirection).firstChild
    guard target >= 0 else { return false }
    let range = node(target).range
    return !range.allSatisfy { ASCII.isDigit(text[$0]) || text[$0] == UInt8(ascii: "-") }
      && text[range.lowerBound] != UInt8(ascii: "$")
  }

  /// Whether a redirection sends standard error somewhere else.
  func capturesError(_ redirection: Int32) -> Bool {
    switch node(redirection).mark {
    case .both, .appendBoth: true
    case .output, .append, .clobber: descriptor(of: redirection) == 2
    case .duplicateOutput: descriptor(of: redirection) == 2 || capturesOutput(redirection)
    default: false
    }
  }

  /// The redirections of a command, in order.
  func redirections(of command: Int32) -> [Int32] {
    children(of: command).filter { node($0).kind == .redirection }
  }

  /// The name of a parameter.
  func parameterName(_ parameter: Int32) -> Range<Int> {
    let start = Int(node(parameter).detail)
    guard start >= 0, start < text.count else { return 0..<0 }
    let end = nameEnd(from: start)
    return start..<max(end, min(start + 1, Int(node(parameter).end)))
  }
}
