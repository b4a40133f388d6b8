/// Writes JSON text (RFC 8259) behind the bytes a caller already has.
///
/// There is no tree and no state: whether a comma is due is read off the last byte written, which
/// outside a string can only be an opening bracket, a colon, or the end of a value. Bytes that are
/// not UTF-8 are written as U+FFFD, one for each; the output is valid JSON for every input.
package enum JSONWriter {
  /// Begins an object, as a value or an array's element.
  package static func beginObject(to out: inout [UInt8]) {
    separate(in: &out)
    out.append(UInt8(ascii: "{"))
  }

  /// Ends the object begun last.
  package static func endObject(to out: inout [UInt8]) { out.append(UInt8(ascii: "}")) }

  /// Begins an array, as a value or an array's element.
  package static func beginArray(to out: inout [UInt8]) {
    separate(in: &out)
    out.append(UInt8(ascii: "["))
  }

  /// Ends the array begun last.
  package static func endArray(to out: inout [UInt8]) { out.append(UInt8(ascii: "]")) }

  /// Ends a line of JSON Lines, so that the next value needs no comma.
  package static func endLine(to out: inout [UInt8]) { out.append(UInt8(ascii: "\n")) }

  /// Writes a member's name, which must need no escapes, and its colon.
  package static func key(_ name: StaticString, to out: inout [UInt8]) {
    separate(in: &out)
    out.append(UInt8(ascii: "\""))
    // A static string's storage is never freed.
    unsafe out.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    )
    out.append(UInt8(ascii: "\""))
    out.append(UInt8(ascii: ":"))
  }

  /// Writes a number.
  package static func value(_ number: Int, to out: inout [UInt8]) {
    separate(in: &out)
    out.append(decimal: number)
  }

  /// Writes a number of thousandths as a number with three decimals.
  package static func value(milliseconds: Int, to out: inout [UInt8]) {
    separate(in: &out)
    out.append(milliseconds: milliseconds)
  }

  /// Writes `true` or `false`.
  package static func value(_ truth: Bool, to out: inout [UInt8]) {
    separate(in: &out)
    out.append(contentsOf: truth ? "true".utf8 : "false".utf8)
  }

  /// Writes `null`.
  package static func null(to out: inout [UInt8]) {
    separate(in: &out)
    out.append(contentsOf: "null".utf8)
  }

  /// Writes a string.
  package static func value(_ text: String, to out: inout [UInt8]) {
    var text = text
    separate(in: &out)
    out.append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      // The pointer is used only within this call.
      unsafe appendEscaped(UnsafeRawBufferPointer(bytes), to: &out)
    }
    out.append(UInt8(ascii: "\""))
  }

  /// Writes bytes that ought to be UTF-8 as a string.
  package static func value(_ utf8: Span<UInt8>, to out: inout [UInt8]) {
    separate(in: &out)
    out.append(UInt8(ascii: "\""))
    unsafe utf8.withUnsafeBytes { bytes in
      // The pointer is used only within this call.
      unsafe appendEscaped(bytes, to: &out)
    }
    out.append(UInt8(ascii: "\""))
  }

  /// Writes any bytes as a string of base64 (RFC 4648, padded).
  package static func base64(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    separate(in: &out)
    out.append(UInt8(ascii: "\""))
    Base64.append(bytes, to: &out)
    out.append(UInt8(ascii: "\""))
  }

  private static func separate(in out: inout [UInt8]) {
    guard let last = out.last else { return }
    switch last {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "\n"): return
    default: out.append(UInt8(ascii: ","))
    }
  }
}
