/// A hash of a name that grows evenly with the numbers in it.
///
/// Of names that differ in one number only, or in several that grow together, the hashes lie as evenly as
/// the numbers do: a number is not read digit by digit, but multiplied with a factor that the text in front
/// of it gives. So `NumberedKeys` can keep many of them as one. What two names have in common otherwise
/// is mixed as in `StableHash`.
struct NumberedHash: Sendable {
  /// Digits that are read as a number; of a longer one the rest is another.
  private static let digitLimit = 18

  private var text = StableHash()
  private var numbers: UInt64 = 0
  /// The number that is being read.
  private var number: UInt64 = 0
  private var digits = 0
  private var isPadded = false

  /// Takes the next byte.
  @inline(__always)
  mutating func take(_ byte: UInt8) {
    if ASCII.isDigit(byte), digits < Self.digitLimit {
      if digits == 0 { isPadded = byte == ASCII.zero }
      number = number &* 10 &+ UInt64(byte &- ASCII.zero)
      digits += 1
      return
    }
    if digits > 0 { endNumber() }
    if ASCII.isDigit(byte) {
      isPadded = byte == ASCII.zero
      (number, digits) = (UInt64(byte &- ASCII.zero), 1)
    } else {
      text.combine(byte)
    }
  }

  /// The hash of what was taken so far.
  @inline(__always)
  var value: UInt64 {
    guard digits > 0 else { return text.value &+ numbers }
    var whole = self
    whole.endNumber()
    return whole.text.value &+ whole.numbers
  }

  /// Takes in a number: its value, and its length where zeros in front say more than the value does.
  @inline(__always)
  private mutating func endNumber() {
    text.combine(0x100 | UInt64(isPadded && digits > 1 ? digits : 0))
    numbers = numbers &+ number &* Self.factor(text.value)
    (number, digits) = (0, 0)
  }

  /// A factor that is odd, so that no two numbers come to one product.
  @inline(__always)
  private static func factor(_ hash: UInt64) -> UInt64 {
    var mixed = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 29
    return mixed | 1
  }
}
