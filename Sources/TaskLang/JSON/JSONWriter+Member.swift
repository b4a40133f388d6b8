extension JSONWriter {
  /// Writes a member whose value is a string.
  package static func member(_ name: StaticString, _ text: String, to out: inout [UInt8]) {
    key(name, to: &out)
    value(text, to: &out)
  }

  /// Writes a member whose value is a number.
  package static func member(_ name: StaticString, _ number: Int, to out: inout [UInt8]) {
    key(name, to: &out)
    value(number, to: &out)
  }
}
