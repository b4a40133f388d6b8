import TaskLang

extension ContiguousArray<UInt8> {
  /// Appends a number in decimal digits.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - width: The least count of characters, a minus sign included; zeros fill up.
  package mutating func appendDecimal(_ value: Int64, width: Int = 0) {
    append(decimal: Int(value), width: width)
  }

  /// Appends nanoseconds as seconds with three decimals, rounded half up.
  package mutating func appendSeconds(nanoseconds: Int64) {
    let milliseconds = (nanoseconds.magnitude + 500_000) / 1_000_000
    if nanoseconds < 0, milliseconds > 0 { append(UInt8(ascii: "-")) }
    appendDecimal(Int64(milliseconds / 1000))
    append(UInt8(ascii: "."))
    appendDecimal(Int64(milliseconds % 1000), width: 3)
  }
}
