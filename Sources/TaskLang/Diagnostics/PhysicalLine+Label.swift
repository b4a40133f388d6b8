extension PhysicalLine {
  /// A label for a stretch of the line.
  package func label(
    _ range: Range<Int>,
    in bytes: Span<UInt8>,
    _ message: String = ""
  ) -> Label {
    Label(
      span: span(of: range, in: bytes),
      message: message,
      excerpt: excerpt(of: bytes, around: range)
    )
  }

  /// An edit of a stretch of the line.
  package func edit(_ range: Range<Int>, in bytes: Span<UInt8>, to text: [UInt8]) -> Edit {
    Edit(span: span(of: range, in: bytes), text: text, excerpt: excerpt(of: bytes, around: range))
  }
}
