/// Finds the names that begin with `DISBATCH_`.
enum VariableScan {
  private static let start = Array("DISBATCH_".utf8)

  /// The places of the names in a run of bytes, in order.
  static func names(in bytes: [UInt8]) -> [Range<Int>] {
    var names: [Range<Int>] = []
    let span = bytes.span
    var index = 0
    while index + start.count < span.count {
      guard span[index] == start[0], hasStart(at: index, in: span),
        index == 0 || !Variable.isNameByte(span[index - 1])
      else {
        index += 1
        continue
      }
      var end = index + start.count
      while end < span.count, Variable.isNameByte(span[end]) { end += 1 }
      names.append(index..<end)
      index = end
    }
    return names
  }

  private static func hasStart(at index: Int, in bytes: Span<UInt8>) -> Bool {
    for place in 1..<start.count where bytes[index + place] != start[place] { return false }
    return true
  }
}
