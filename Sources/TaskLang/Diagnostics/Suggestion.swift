/// "Did you mean": the known word that was probably meant by an unknown one.
///
/// Distance is Damerau-Levenshtein in its optimal string alignment form: an insertion, a deletion, a
/// replaced byte and two neighbours exchanged each count as one.
package enum Suggestion {
  /// Longest word looked at; what is longer is no misspelt keyword.
  private static let longestWordBytes = 64

  /// The candidate nearest to `word`, or nil when none is near enough.
  ///
  /// - Parameters:
  ///   - word: what was written.
  ///   - candidates: the known words; the first of equally near ones wins.
  ///   - ignoresCase: whether ASCII letters of either case are the same.
  /// - Returns: a candidate at most max(1, length of `word` / 3) steps away.
  package static func nearest(
    to word: some Collection<UInt8>,
    among candidates: [String],
    ignoresCase: Bool = true
  ) -> String? {
    guard !word.isEmpty, word.count <= longestWordBytes else { return nil }
    let written = folded(word, ignoresCase: ignoresCase)
    var best: String?
    var bestDistance = max(1, written.count / 3) + 1
    for candidate in candidates {
      let known = folded(candidate.utf8, ignoresCase: ignoresCase)
      guard abs(known.count - written.count) < bestDistance else { continue }
      let distance = distance(written, known)
      if distance < bestDistance { (best, bestDistance) = (candidate, distance) }
    }
    return best
  }

  /// Number of steps from `left` to `right`.
  ///
  /// - Complexity: the product of the lengths.
  package static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var steps = min(last[column + 1] + 1, current[column] + 1)
        steps = min(steps, last[column] + (byte == other ? 0 : 1))
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
          steps = min(steps, beforeLast[column - 1] + 1)
        }
        current.append(steps)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }

  private static func folded(_ word: some Collection<UInt8>, ignoresCase: Bool) -> [UInt8] {
    guard ignoresCase else { return Array(word) }
    return word.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }
}
