/// The name of a file as a URI reference (RFC 3986).
package enum ArtifactURI {
  /// A relative reference for a relative path, a `file:` URI for an absolute one.
  package static func text(of file: String) -> String {
    var path = Substring(file)
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    var text = PathText.isAbsolute(path) ? "file://" : ""
    for byte in SystemText.bytes(of: path) {
      if isPlain(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }

  /// Unreserved characters and the slash; a colon would make the first part a scheme.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
