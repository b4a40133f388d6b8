import FoundationEssentials

/// Text of one JSON value a line.
enum JSONLines {
  /// Decodes each line.
  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> [Value] {
    let decoder = JSONDecoder()
    return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
      try decoder.decode(type, from: Data(line))
    }
  }
}
