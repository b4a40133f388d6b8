import TaskLang

/// The context's label and the host's name, as names of files and rows have them.
///
/// Either may hold anything; a slash would lead to a folder, and a tab or a line end would break rows.
package struct RunNames: Hashable, Sendable {
  /// The context's label.
  package let label: String
  /// The host's name up to its first dot.
  package let node: String
  /// The remark about names that are written differently.
  package let remarks: [String]

  /// A name with more bytes would not leave room for the rest of a file's name.
  private static let mostBytes = 64

  /// Makes the names.
  ///
  /// - Parameters:
  ///   - label: What the user said.
  ///   - node: What the host says.
  package init(label: String, node: String) {
    self.label = Self.cleaned(label)
    self.node = Self.cleaned(node)
    remarks = [("label", label, self.label), ("host's name", node, self.node)].compactMap {
      let (what, given, written) = $0
      return PathText.isSame(given, written)
        ? nil : "the \(what) '\(given)' is written as '\(written)' in rows and names of files"
    }
  }

  private static func cleaned(_ text: String) -> String {
    let clean = MessageText.namePart(text)
    var result = ""
    for character in clean {
      if result.utf8.count + character.utf8.count > mostBytes { break }
      result.append(character)
    }
    return result
  }
}
