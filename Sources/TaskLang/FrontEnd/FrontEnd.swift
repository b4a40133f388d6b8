/// Bytes to plan items: reader, parser and lowering in a row, with the checks beside them.
///
/// Every command of the toolchain reads its input through this, in chunks of any size.
package struct FrontEnd: Sendable {
  private var reader = LineReader()
  /// The part with a memory; its affixes are those in force at the item handed on last.
  package private(set) var lowering = Lowering()
  /// Finds what is wrong, where that is wanted.
  package private(set) var checker: Checker?

  /// Makes a front end.
  ///
  /// - Parameter checker: The checks to make on the way; `nil` for none.
  package init(checker: Checker? = nil) { self.checker = checker }

  /// Lines completed so far.
  package var lineCount: Int { reader.lineCount }
  /// Bytes in completed lines so far.
  package var byteCount: Int { reader.offset }
  /// Whether the plan has ended before the input.
  package var hasEnded: Bool { lowering.end != nil }

  /// Takes a chunk and hands on each item that it completes.
  ///
  /// - Parameters:
  ///   - chunk: Bytes of any number; they are not kept.
  ///   - visit: Receives the item, its piece, its line, the line's bytes and the state behind it;
  ///     `false` ends the reading.
  /// - Returns: Whether more is wanted. With a checker, reading goes on behind the plan's end and
  ///   behind the first error of the language, for the checks; `visit` hears no more then.
  package mutating func read(
    _ chunk: Span<UInt8>,
    _ visit: Visitor
  ) -> Bool {
    Self.read(chunk, &reader, &lowering, &checker, visit)
  }

  /// As above, but plain tasks in a row are handed on together, where no check wants to see them.
  @inline(__always)
  package mutating func read(
    _ chunk: Span<UInt8>,
    rows visitRow: RowVisitor,
    _ visit: Visitor
  ) -> Bool {
    Self.read(chunk, &reader, &lowering, &checker, visitRow, visit)
  }

  /// Takes a chunk for the checks alone.
  ///
  /// - Returns: Whether more is wanted.
  package mutating func read(_ chunk: Span<UInt8>) -> Bool {
    read(chunk, rows: { _, _, _, _ in true }) { _, _, _, _, _ in true }
  }

  /// Receives items: the item, its piece of the line, the line, its bytes, and the affixes.
  package typealias Visitor = (
    LoweredItem, Range<Int>, PhysicalLine, Span<UInt8>, borrowing Lowering
  ) -> Bool

  /// Receives plain tasks in a row: the first id, the lines, their bytes, and the affixes.
  package typealias RowVisitor = (Int, LineRow, Span<UInt8>, borrowing Lowering) -> Bool

  /// Takes the end of the input.
  ///
  /// - Parameters:
  ///   - visit: Receives what the last line comes to.
  ///   - conclude: Hands in what others found, before the checks look back.
  package mutating func finish(_ visit: Visitor, conclude: (inout Checker) -> Void = { _ in }) {
    Self.finish(&reader, &lowering, &checker, visit)
    guard var checker else { return }
    self.checker = nil
    conclude(&checker)
    checker.finish(lowering)
    self.checker = checker
  }

  /// Ends the checks before the end of the input; nothing may follow.
  package mutating func breakOff() {
    guard var checker else { return }
    self.checker = nil
    checker.breakOff(lowering)
    self.checker = checker
  }

  /// Takes the end of the input for the checks alone.
  package mutating func finish() { finish { _, _, _, _, _ in true } }

  private static func read(
    _ chunk: Span<UInt8>,
    _ reader: inout LineReader,
    _ lowering: inout Lowering,
    _ checker: inout Checker?,
    _ visit: Visitor
  ) -> Bool {
    reader.read(chunk) { line, bytes in
      take(line, bytes, &lowering, &checker, visit)
    }
  }

  @inline(__always)
  private static func read(
    _ chunk: Span<UInt8>,
    _ reader: inout LineReader,
    _ lowering: inout Lowering,
    _ checker: inout Checker?,
    _ visitRow: RowVisitor,
    _ visit: Visitor
  ) -> Bool {
    reader.read(
      chunk,
      plainTasksShorterThan: {
        guard lowering.hasRoom(forTasks: chunk.count) else { return 0 }
        // Not by `map`, which would copy all that the checker holds.
        return checker?.unseenTaskLimit ?? .max
      },
      { row, bytes in visitRow(lowering.lowerTasks(row.count), row, bytes, lowering) },
      { line, bytes in take(line, bytes, &lowering, &checker, visit) }
    )
  }

  private static func finish(
    _ reader: inout LineReader,
    _ lowering: inout Lowering,
    _ checker: inout Checker?,
    _ visit: Visitor
  ) {
    reader.finish { line, bytes in take(line, bytes, &lowering, &checker, visit) }
  }

  @inline(__always)
  private static func take(
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ lowering: inout Lowering,
    _ checker: inout Checker?,
    _ visit: Visitor
  ) -> Bool {
    if line.traits.contains(.carriageReturn) {
      return takePieces(line, bytes, &lowering, &checker, visit)
    }
    return take(0..<bytes.count, line, bytes, &lowering, &checker, visit)
  }

  private static func takePieces(
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ lowering: inout Lowering,
    _ checker: inout Checker?,
    _ visit: Visitor
  ) -> Bool {
    var goesOn = true
    var counted = line
    line.forEachPiece(of: bytes) { piece in
      if checker != nil { counted.countColumns(to: piece.lowerBound, in: bytes) }
      goesOn = take(piece, counted, bytes, &lowering, &checker, visit)
      return goesOn
    }
    return goesOn
  }

  @inline(__always)
  private static func take(
    _ piece: Range<Int>,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ lowering: inout Lowering,
    _ checker: inout Checker?,
    _ visit: Visitor
  ) -> Bool {
    let statement = Parser.parse(bytes, piece)
    if lowering.end != nil {
      checker?.visitUnreached(statement, piece, of: line, in: bytes)
      return checker != nil
    }
    let item = lowering.lower(statement, piece, of: line, in: bytes)
    if checker != nil {
      checker?.visit(statement, item, piece, of: line, in: bytes, lowering)
      if checker?.endsAtRefusal == true, checker?.refusesFile == true { return false }
    }
    if case .nothing = item { return true }
    let isWanted = visit(item, piece, line, bytes, lowering)
    return isWanted && (lowering.end == nil || checker != nil)
  }
}
