/// A command line taken apart, in the order of its words; nothing has been acted on.
struct ParsedArguments: Sendable, Equatable {
  /// An option as it was given.
  struct Given: Sendable, Equatable {
    let name: OptionName
    /// Its value, where it has one.
    let value: String?
  }

  /// A part of it as it was written, short options apart from each other.
  struct Piece: Sendable, Equatable {
    /// The option or the operand, with the option's value.
    let words: [String]
    /// The option; `nil` for what is none.
    let option: OptionName?
    /// Whether it is the `--` behind which no options stand.
    var endsOptions = false
  }

  var options: [Given] = []
  /// All of it.
  var pieces: [Piece] = []
  /// What is no option: files, codes.
  var operands: [String] = []

  /// Whether an option was given.
  func has(_ name: OptionName) -> Bool { options.contains { $0.name == name } }

  /// The value given last.
  func value(_ name: OptionName) -> String? { options.last { $0.name == name }?.value }

  /// All values, in order.
  func values(_ name: OptionName) -> [String] {
    options.filter { $0.name == name }.compactMap(\.value)
  }

  /// The value given last, as a whole number in a range.
  func number(_ name: OptionName, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      let most = range.upperBound == .max ? "" : " to \(range.upperBound)"
      throw UsageError(
        "\(name) takes a whole number from \(range.lowerBound)\(most), not '\(text)'"
      )
    }
    return number
  }

  /// The value given last, as a number above 0 that may have decimals.
  func fraction(_ name: OptionName) throws(UsageError) -> Double? {
    guard let text = value(name) else { return nil }
    guard let number = Double(text), number > 0, number.isFinite else {
      throw UsageError("\(name) takes a number above 0, not '\(text)'")
    }
    return number
  }

  /// The value given last, as one of a set of words.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: OptionName,
    of type: Choice.Type
  ) throws(UsageError) -> Choice? where Choice.RawValue == String {
    guard let text = value(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError("\(name) takes one of \(all), not '\(text)'")
    }
    return choice
  }
}
