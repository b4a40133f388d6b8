/// DB109, DB110 and DB118: barriers that are not what they look like.
enum BarrierSpelling {
  /// What may be glued to a keyword and names nothing.
  private static let endings: [StaticString] = ["S", "ED", "ING"]

  /// Whether a word is `CHECK` in other case, or with one slip of the fingers.
  ///
  /// A word that goes on with something other than letters, as `check1`, is a key.
  static func isNearlyCheck(_ word: Range<Int>, to end: Int, in bytes: Span<UInt8>) -> Bool {
    guard (4...6).contains(word.count) else { return false }
    if word.upperBound < end, !ASCII.isBlank(bytes[word.upperBound]) { return false }
    let folded = bytes.copy(word).map(ASCII.upper(_:))
    return Suggestion.distance(folded, Array("CHECK".utf8)) <= 1
  }

  /// Looks at a barrier.
  static func check(
    _ directive: BarrierDirective,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let end = piece.upperBound
    let behind = (directive.check ?? directive.keyword).upperBound
    let start = bytes.skippingBlanks(from: behind, to: end)
    guard start < end else { return }
    if directive.check == nil, start > behind {
      let word = bytes.letters(from: start, to: end)
      if isNearlyCheck(word, to: end, in: bytes) {
        return addLostCheck(behind..<end, word, of: line, in: bytes, &findings)
      }
    }
    guard bytes[behind] != ASCII.space else { return }
    let name = nameStart(behind..<end, bytes)
    if directive.check == nil, let word = gluedCheck(behind..<end, name, bytes) {
      return addLostCheck(behind..<end, word, of: line, in: bytes, &findings)
    }
    let isRemark = bytes[behind] == ASCII.hash
    if let name, !isRemark {
      return addLostKey(directive, behind..<end, name, of: line, in: bytes, &findings)
    }
    findings.add(.barrierTrailingText) {
      let keyword = directive.check == nil ? "BARRIER" : "BARRIER CHECK"
      return Diagnostic(
        .barrierTrailingText,
        "this is a \(keyword): text directly after it is ignored",
        at: line.label(behind..<end, in: bytes, "no key: it stands directly behind"),
        help: ["put one space in front of a key"],
        fixes: [
          .replacing(
            behind..<end,
            with: [],
            "take it away",
            isRemark ? .unsafe : .safe,
            of: line,
            in: bytes
          )
        ]
      )
    }
  }

  /// Where something begins that may be a key; nil where there is nothing but an ending as that of
  /// `BARRIERS`, and punctuation.
  private static func nameStart(_ rest: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
    let word = bytes.letters(from: rest.lowerBound, to: rest.upperBound)
    var next = rest.lowerBound
    for ending in endings where bytes.equals(ending, word, foldingCase: true) {
      next = word.upperBound
    }
    while next < rest.upperBound {
      let byte = bytes[next]
      if ASCII.continuesName(byte) && byte != UInt8(ascii: "_") || byte >= 0x80 { return next }
      next += 1
    }
    return nil
  }

  /// `CHECK`, however it is written, as the first word behind a glued keyword.
  private static func gluedCheck(
    _ rest: Range<Int>,
    _ name: Int?,
    _ bytes: Span<UInt8>
  ) -> Range<Int>? {
    guard let name else { return nil }
    let word = bytes.letters(from: name, to: rest.upperBound)
    let isWord = word.upperBound == rest.upperBound || !ASCII.continuesName(bytes[word.upperBound])
    if isWord, bytes.equals("CHECK", word, foldingCase: true) { return word }
    return isNearlyCheck(word, to: rest.upperBound, in: bytes) ? word : nil
  }

  private static func addLostKey(
    _ directive: BarrierDirective,
    _ rest: Range<Int>,
    _ name: Int,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    findings.add(.barrierKeyLost) {
      let keyword = directive.check == nil ? "BARRIER" : "BARRIER CHECK"
      let isBlank = ASCII.isBlank(bytes[rest.lowerBound])
      return Diagnostic(
        .barrierKeyLost,
        "this \(keyword) has no key: nothing but one space may stand in front of it",
        at: line.label(
          rest,
          in: bytes,
          isBlank ? "the blank in front of it is no space" : "glued to `\(keyword)`"
        ),
        notes: ["disBatch 3.0 passes over this text and puts no key"],
        fixes: [
          .replacing(
            rest.lowerBound..<name,
            with: [ASCII.space],
            "make \(bytes.quoted(name..<rest.upperBound)) the key",
            .unsafe,
            of: line,
            in: bytes
          )
        ]
      )
    }
  }

  private static func addLostCheck(
    _ rest: Range<Int>,
    _ word: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    findings.add(.barrierCheckLost) {
      let isSpelledRight = bytes.equals("CHECK", word)
      let hasKey = bytes[rest.lowerBound] == ASCII.space
      let isGlued = !ASCII.isBlank(bytes[rest.lowerBound])
      let message =
        isSpelledRight
        ? "`CHECK` must follow `BARRIER` after one space"
        : "\(bytes.quoted(word)) is not `CHECK`"
      let meaning =
        hasKey ? "a plain BARRIER with this as its key" : "a plain BARRIER without a key"
      return Diagnostic(
        .barrierCheckLost,
        "\(message): failures are not checked here",
        at: line.label(
          isSpelledRight || isGlued ? rest.lowerBound..<word.upperBound : word,
          in: bytes,
          meaning
        ),
        notes: ["disBatch 3.0 goes on here, whatever has failed"],
        fixes: [
          .replacing(
            rest.lowerBound..<word.upperBound,
            with: Array(" CHECK".utf8),
            "write ` CHECK`",
            .unsafe,
            of: line,
            in: bytes
          )
        ]
      )
    }
  }
}
