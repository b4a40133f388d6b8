/// One line of a picture: text in stretches of one role each.
struct StyledLine {
  private var parts: [(text: [UInt8], role: RenderStyle.Role)] = []

  /// Appends text of ours, which holds nothing a terminal could take for a command.
  mutating func append(_ text: String, _ role: RenderStyle.Role = .text) {
    append(Array(text.utf8), role)
  }

  /// Appends `count` blanks.
  mutating func indent(_ count: Int) { append(String(repeating: " ", count: max(0, count))) }

  /// Appends glyphs of the user's text; escapes are set off from what they stand among.
  mutating func append(_ glyphs: some Sequence<Glyph>, _ role: RenderStyle.Role = .text) {
    for glyph in glyphs { append(glyph.text, glyph.isEscape ? .escape : role) }
  }

  /// Appends another line's text.
  mutating func append(_ line: StyledLine) {
    for (text, role) in line.parts { append(text, role) }
  }

  /// Writes the line and its end.
  func write(_ style: RenderStyle, to out: inout [UInt8]) {
    for (text, role) in parts {
      out.append(contentsOf: style.opening(role).utf8)
      out.append(contentsOf: text)
      out.append(contentsOf: style.closing(role).utf8)
    }
    out.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ text: [UInt8], _ role: RenderStyle.Role) {
    guard !text.isEmpty else { return }
    if let last = parts.last, last.role == role {
      parts[parts.count - 1].text.append(contentsOf: text)
    } else {
      parts.append((text, role))
    }
  }
}
