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
    let sign = value < 0 ? 1 : 0
    var length = 1
    var power: UInt = 10
    while length < 19, value.magnitude >= power {
      length += 1
      power &*= 10
    }
    let total = Swift.max(length + sign, width)
    append(addingCapacity: total) { room in
      // The digits come from the last to the first, so they are put behind zeros.
      room.append(repeating: ASCII.zero, count: total)
      var digits = room.mutableSpan
      var rest = value.magnitude
      var place = total
      while rest > 0 {
        place &-= 1
        digits[place] = ASCII.zero &+ UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      if sign > 0 { digits[0] = UInt8(ascii: "-") }
    }
  }

  /// Appends thousandths as a number with three decimals.
  package mutating func append(milliseconds: Int) {
    if milliseconds < 0 { append(UInt8(ascii: "-")) }
    append(decimal: Int(milliseconds.magnitude / 1000))
    append(UInt8(ascii: "."))
    append(decimal: Int(milliseconds.magnitude % 1000), width: 3)
  }
}
