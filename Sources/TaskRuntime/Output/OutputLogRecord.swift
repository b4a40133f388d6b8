import TaskScheduler

/// One record of an output log: a header line, as many bytes as it says, a line feed.
///
/// Docs/output.md has the format. It can be read by eye: headers are lines that begin as directives do.
package struct OutputLogRecord: Hashable, Sendable {
  /// What the bytes are.
  package enum Kind: Hashable, Sendable {
    /// The name of a run; what follows is its output. Runs are numbered from 1.
    case run(Int32)
    /// Output, at this offset of the attempt's output.
    case output(OutputOrigin, offset: Int64)
  }

  /// What a log begins with; the number is the format's version.
  package static let magic = "#DISBATCH OUTPUT FILE 1\n"
  /// No header is longer.
  package static let longestHeader = 120
  private static let start = "#DISBATCH OUTPUT "

  package var kind: Kind
  /// How many bytes there are between header and line feed.
  package var count: Int

  package init(_ kind: Kind, count: Int) {
    self.kind = kind
    self.count = count
  }

  /// No output is longer, so that sums of offsets stay within their numbers: an exabyte.
  private static let longestOutput: Int64 = 1 << 60

  /// Makes a record of numbers that a file has; `nil` for such as no record of ours has.
  init?(read kind: Kind, count: Int) {
    guard 0...OutputChunk.mostBytes ~= count else { return nil }
    switch kind {
    case .run(let number):
      guard 1..<Int32.max ~= number else { return nil }
    case .output(let origin, let offset):
      guard origin.task.rawValue >= 0, origin.attempt.rawValue > 0,
        0...Self.longestOutput ~= offset
      else { return nil }
    }
    self.init(kind, count: count)
  }

  /// The header line.
  package var header: ContiguousArray<UInt8> {
    var line = ContiguousArray(Self.start.utf8)
    switch kind {
    case .run(let number):
      line.append(contentsOf: "RUN ".utf8)
      line.appendDecimal(Int64(number))
    case .output(let origin, let offset):
      line.appendDecimal(origin.task.rawValue)
      line.append(UInt8(ascii: " "))
      line.appendDecimal(Int64(origin.attempt.rawValue))
      line.append(UInt8(ascii: " "))
      line.append(contentsOf: origin.stream.name.utf8)
      line.append(UInt8(ascii: " "))
      line.appendDecimal(offset)
    }
    line.append(UInt8(ascii: " "))
    line.appendDecimal(Int64(count))
    line.append(UInt8(ascii: "\n"))
    return line
  }

  /// How many bytes it takes in all.
  package var size: Int { header.count + count + 1 }

  /// Reads a header line, without its line feed.
  ///
  /// - Returns: `nil` for a line that is none, in its exact spelling.
  package init?(headerLine line: some Sequence<UInt8>) {
    let text = String(decoding: Array(line), as: UTF8.self)
    guard text.hasPrefix(Self.start) else { return nil }
    let words = text.dropFirst(Self.start.utf8.count).split(separator: " ")
    switch words.count {
    case 3:
      guard words[0] == "RUN", let number = Int32(words[1]), let count = Int(words[2]) else {
        return nil
      }
      self.init(read: .run(number), count: count)
    case 5:
      guard let task = Int64(words[0]), let attempt = Int32(words[1]),
        let stream = OutputStream(name: words[2]), let offset = Int64(words[3]),
        let count = Int(words[4])
      else { return nil }
      let origin = OutputOrigin(task: TaskID(task), attempt: Attempt(attempt), stream: stream)
      self.init(read: .output(origin, offset: offset), count: count)
    default: return nil
    }
    guard header.dropLast().elementsEqual(text.utf8) else { return nil }
  }
}
