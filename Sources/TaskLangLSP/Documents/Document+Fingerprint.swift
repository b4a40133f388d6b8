import TaskLang

extension Document {
  /// All that is known of a document: a sum for each statement, landmark and finding, in order.
  ///
  /// Equal for documents of the same text, however they came to have it, within one process.
  package mutating func fingerprints() -> [Int] {
    var sums: [Int] = []
    for index in buffer.blocks.indices {
      var state = outline.entries[index]
      buffer.forEachStatement(inBlock: index, &state) { view, _, lowering in
        var hasher = Hasher()
        hasher.combine(view)
        hasher.combine(lowering.prefix)
        hasher.combine(lowering.suffix)
        hasher.combine(lowering.nextID)
        hasher.combine(lowering.end)
        sums.append(hasher.finalize())
        return true
      }
    }
    forEachLandmark { sums.append($0.hashValue) }
    return sums + findings().map(\.hashValue)
  }
}
