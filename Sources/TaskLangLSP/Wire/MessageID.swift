/// What names a request: a whole number or a string, given back as it came.
enum MessageID: Sendable, Hashable {
  case number(Int)
  case text(String)
}

extension MessageID: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}
