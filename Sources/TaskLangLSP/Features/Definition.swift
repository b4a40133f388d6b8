import TaskLang

/// What a command is put together from.
enum Definition {
  /// The places of the PREFIX and SUFFIX texts of the command at a byte, in this order.
  static func spans(at offset: Int, in document: Document) -> [Range<Int>] {
    guard let (view, _, lowering) = document.statement(at: offset), view.body != nil else {
      return []
    }
    return [lowering.prefix, lowering.suffix].compactMap { affix in
      affix.origin.map { $0.span.start.offset..<$0.span.end.offset }
    }
  }
}
