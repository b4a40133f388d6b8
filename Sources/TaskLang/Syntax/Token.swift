/// What a token is.
package enum TokenKind: String, Sendable, Hashable, CaseIterable {
  /// `#DISBATCH` in column 1.
  case marker
  /// A run of space, tab, VT and FF.
  case blanks
  /// A word of the language: `PREFIX`, `start`, `CHECK` and so on.
  case keyword
  /// Decimal digits where the language wants a number.
  case number
  /// Text that the language passes on unchanged: a command, a prefix, a key.
  case text
  /// A comment, from its `#` to the end of its piece.
  case comment
  /// What follows a marker and is dropped.
  case unknown
  /// `\n`, `\r\n` or a lone `\r`.
  case lineEnd
}

/// A kind and the bytes it covers.
package struct Token: Sendable, Hashable {
  package var kind: TokenKind
  /// Bytes of the line; of the file in a `SyntaxTree`.
  package var range: Range<Int>

  package init(_ kind: TokenKind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}
