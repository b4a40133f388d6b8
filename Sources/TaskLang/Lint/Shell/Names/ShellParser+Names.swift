extension ShellParser {
  /// Whether a simple command is called one of `names`.
  func isCalled(_ simple: Int32, _ names: [StaticString]) -> Bool {
    assert(names.count > 8 || names.allSatisfy(ShellNameTable.shared.knows))
    guard let name = commandName(of: simple) else { return false }
    return isOne(name, of: names)
  }
}
