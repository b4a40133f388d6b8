/// Bytes of a task file in, bytes of its expansion out.
///
/// Output gathers in the caller's buffer, which is offered for writing when it is large, so neither
/// the length of the input nor the count of a REPEAT needs memory.
public struct Expander: Sendable {
  /// Size in bytes at which the buffer is offered.
  public static let bufferLimit = 256 * 1024

  /// Takes what has gathered and empties the buffer; `false` ends the expansion.
  public typealias Sink = (inout [UInt8]) -> Bool

  private var frontEnd: FrontEnd
  private let writer: ItemWriter
  private var isOpen = true

  /// Makes an expander.
  ///
  /// - Parameters:
  ///   - format: How to write.
  ///   - name: Base name of the task file, for `DISBATCH_NAMETASKS`.
  ///   - checks: Whether the first error of the language ends the output, in front of its line.
  ///   - inlines: Whether values stand for DISBATCH variables and a REPEAT's tasks are plain lines,
  ///     where that is proven to mean the same; for the format `tasks` only.
  public init(format: ExpansionFormat, name: String, checks: Bool, inlines: Bool = false) {
    writer = ItemWriter(format: format, name: name, inlines: inlines)
    frontEnd = FrontEnd(checker: checks ? Checker(endsAtRefusal: true) : nil)
  }

  /// What the checks found so far.
  public var diagnostics: [Diagnostic] { frontEnd.checker?.diagnostics ?? [] }

  /// Whether a number of 2^63 or more ended the plan.
  public var metTooLargeNumber: Bool { frontEnd.lowering.end == .tooLarge }

  /// Takes a chunk.
  ///
  /// - Parameters:
  ///   - chunk: Bytes of any number.
  ///   - output: Gains the expansion.
  ///   - sink: Called when `output` is larger than `bufferLimit`.
  /// - Returns: Whether more is wanted.
  /// - Complexity: O(bytes in + bytes out).
  public mutating func read(
    _ chunk: Span<UInt8>,
    into output: inout [UInt8],
    _ sink: Sink
  ) -> Bool {
    guard isOpen else { return false }
    var goesOn = true
    let writer = self.writer
    let wantsMore = frontEnd.read(
      chunk,
      rows: { firstID, row, bytes, lowering in
        goesOn = goesOn && writer.write(firstID, row, bytes, lowering, to: &output, sink)
        return goesOn
      },
      { item, piece, line, bytes, lowering in
        goesOn = goesOn && writer.write(item, piece, line, bytes, lowering, to: &output, sink)
        return goesOn
      }
    )
    isOpen = goesOn && wantsMore && !(frontEnd.checker?.refusesFile ?? false)
    return isOpen
  }

  /// Takes the end of the input.
  public mutating func finish(into output: inout [UInt8], _ sink: Sink) {
    guard isOpen else { return }
    let writer = self.writer
    frontEnd.finish { item, piece, line, bytes, lowering in
      writer.write(item, piece, line, bytes, lowering, to: &output, sink)
    }
    isOpen = false
  }
}
