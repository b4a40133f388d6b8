extension [UInt8] {
  /// Appends a literal's UTF-8.
  @inline(__always)
  package mutating func append(text: StaticString) {
    // Safe: a static string's code units live for ever.
    unsafe append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }

  /// Appends a number in decimal digits.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - width: Least width with leading zeros, the sign counted, as `%0*d` has it.
  package mutating func append(decimal value: Int, width: Int = 0) {
    let length = Decimal.length(of: value, width: width)
    append(addingCapacity: length) { Decimal.write(value, length: length, to: &$0) }
  }

  /// Appends thousandths as a number with three decimals.
  package mutating func append(milliseconds: Int) {
    if milliseconds < 0 { append(UInt8(ascii: "-")) }
    append(decimal: Int(milliseconds.magnitude / 1000))
    append(UInt8(ascii: "."))
    append(decimal: Int(milliseconds.magnitude % 1000), width: 3)
  }
}

extension ContiguousArray<UInt8> {
  /// Appends a number in decimal digits.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - width: Least width with leading zeros, the sign counted, as `%0*d` has it.
  package mutating func append(decimal value: Int, width: Int = 0) {
    let length = Decimal.length(of: value, width: width)
    append(addingCapacity: length) { Decimal.write(value, length: length, to: &$0) }
  }
}

/// Decimal digits of a number.
private enum Decimal {
  /// How many characters a number takes, the sign counted.
  @inline(__always)
  static func length(of value: Int, width: Int) -> Int {
    var length = 1
    var power: UInt = 10
    while length < 19, value.magnitude >= power {
      length += 1
      power &*= 10
    }
    return max(length + (value < 0 ? 1 : 0), width)
  }

  /// Writes a number in `length` characters, which must do for it.
  @inline(__always)
  static func write(_ value: Int, length: Int, to output: inout OutputSpan<UInt8>) {
    // The digits come from the last to the first, so they are put behind zeros.
    output.append(repeating: ASCII.zero, count: length)
    var digits = output.mutableSpan
    var rest = value.magnitude
    var index = length
    while rest > 0 {
      index &-= 1
      digits[index] = ASCII.zero &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    if value < 0 { digits[0] = UInt8(ascii: "-") }
  }
}
