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
    if value < 0 { append(0x2D) }
    let start = count
    var rest = value.magnitude
    repeat {
      append(ASCII.zero + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    let digits = width - (value < 0 ? 1 : 0)
    while count - start < digits { append(ASCII.zero) }
    self[start...].reverse()
  }
}
