/// A place in a document as clients count: both numbers from 0, the character in the units of the
/// encoding agreed on.
package struct LSPPosition: Sendable, Hashable, Comparable {
  /// Lines before it, ended by `\n`, `\r\n` or `\r`.
  package var line: Int
  /// Code units before it in its line.
  package var character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  package static func < (left: LSPPosition, right: LSPPosition) -> Bool {
    (left.line, left.character) < (right.line, right.character)
  }
}

extension LSPPosition: Decodable {
  private enum Key: String, CodingKey { case line, character }

  /// Reads a position; numbers of more than 2^31 are as good as 2^31.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    line = try Self.number(.line, in: container)
    character = try Self.number(.character, in: container)
  }

  private static func number(
    _ key: Key,
    in container: KeyedDecodingContainer<Key>
  ) throws -> Int {
    let number = try container.decode(Double.self, forKey: key)
    guard number >= 0, number == number.rounded() else {
      throw DecodingError.dataCorruptedError(
        forKey: key,
        in: container,
        debugDescription: "must be a whole number of 0 or more"
      )
    }
    return Int(min(number, 2_147_483_647))
  }

  func write(to out: inout [UInt8]) {
    out.object { out in
      out.member("line", line)
      out.member("character", character)
    }
  }
}

/// A half-open stretch of a document as clients count.
package struct LSPRange: Sendable, Hashable, Decodable {
  package var start: LSPPosition
  package var end: LSPPosition

  package init(start: LSPPosition, end: LSPPosition) {
    self.start = start
    self.end = end
  }

  func write(to out: inout [UInt8]) {
    out.object { out in
      writeMember("start", start, to: &out)
      writeMember("end", end, to: &out)
    }
  }

  private func writeMember(_ key: StaticString, _ position: LSPPosition, to out: inout [UInt8]) {
    out.object(key) { out in
      out.member("line", position.line)
      out.member("character", position.character)
    }
  }
}
