import TaskLang

/// Addresses of documents (`file:` URIs, RFC 8089) and paths.
enum FileAddress {
  /// The path that an address names; nil for one that is no file of this machine.
  static func path(of address: String) -> String? {
    let parts = address.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "file" else { return nil }
    var rest = parts[1]
    if rest.hasPrefix("//") {
      let host = rest.dropFirst(2).prefix { $0 != "/" }
      guard host.isEmpty || host.lowercased() == "localhost" else { return nil }
      rest = rest.dropFirst(2 + host.count)
    }
    guard PathText.isAbsolute(rest), let path = unescaped(rest), !path.utf8.contains(0) else {
      return nil
    }
    return path
  }

  /// The address of a path.
  static func address(of path: String) -> String { ArtifactURI.text(of: path) }

  /// The folder that a path lies in.
  static func folder(of path: String) -> String {
    PathText.folder(of: path) ?? "/"
  }

  /// A path as seen from a folder, without `./` in front and slashes at its end.
  ///
  /// What `..` means is left to the system, which knows of symbolic links.
  static func join(_ folder: String, _ path: String) -> String {
    var rest = path[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    while rest.hasSuffix("/"), rest.count > 1 { rest = rest.dropLast() }
    if PathText.isAbsolute(rest) { return String(rest) }
    return (folder == "/" ? "/" : folder + "/") + rest
  }

  /// The text with `%XX` read as bytes; nil where it is not well-formed.
  private static func unescaped(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var left = text.utf8[...]
    while let byte = left.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard left.count >= 2,
        let value = UInt8(String(decoding: left.prefix(2), as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      left = left.dropFirst(2)
    }
    return SystemText.text(of: bytes)
  }
}
