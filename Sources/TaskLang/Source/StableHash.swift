/// A hash that is the same in every run, unlike `Hasher`: FNV-1a of 64 bits.
package struct StableHash: Sendable, Hashable {
  /// The hash of what was combined so far.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of nothing.
  package init() {}

  /// The hash of some bytes.
  package init(of bytes: Span<UInt8>) {
    for index in bytes.indices { combine(bytes[index]) }
  }

  /// Takes in the next byte.
  @inline(__always)
  mutating func combine(_ byte: UInt8) { combine(UInt64(byte)) }

  /// Takes in the next value, which need not be a byte.
  @inline(__always)
  mutating func combine(_ value: UInt64) {
    self.value = (self.value ^ value) &* 0x0000_0100_0000_01B3
  }
}
