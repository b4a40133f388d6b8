import FoundationEssentials
import TestSupport
import Testing

/// Functions take at most five parameters: values that travel together are a type.
///
/// What is lent (`borrowing`, `inout`, a `Span`) cannot be part of a value and is not counted. An exception
/// has its reason in a comment in front of the function, behind the words `More than five:`.
@Suite struct ParameterRuleTests {
  private static let limit = 5
  private static let exception = "More than five: "

  /// A function of a file and how many of its parameters could be part of a value.
  struct Function: Equatable {
    let line: Int
    let count: Int
    let hasReason: Bool
  }

  @Test(arguments: ["Sources", "Tests"])
  func `no function has more than five parameters without a reason`(folder: String) throws {
    let root = Repository.file(folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    var functionCount = 0
    for path in paths where path.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
      for function in Self.functions(in: text) {
        functionCount += 1
        let isRight = function.count <= Self.limit || function.hasReason
        #expect(isRight, "\(folder)/\(path):\(function.line) takes \(function.count) parameters")
      }
    }
    #expect(functionCount > 1000)
  }

  @Test(arguments: [
    ("func f() {}", 0), ("func f(a: Int, _ b: [Int: (Int, Int)] = [1: (2, 3)]) {}", 2),
    ("  init(\n    a: Int,\n    b: Set<Pair<Int, Int>>,\n  ) {", 2),
    ("func f(_ g: (Int, Int) -> Void, _ s: String = \"a, b) (\", c: Int) -> (Int, Int)", 3),
    ("func f(a: Int, b: borrowing B, c: inout C, d: Span<UInt8>, e: E) {}", 2),
    ("func f<A, B>(a: A, // one, two\n b: B)", 2),
    ("func `a name, a sentence`(a: Int, b: Int)", 2),
    ("subscript(a: Int, b: Int) -> Int {", 2), ("func f(a: Int = 1 << 20, b: Int = 8 >> 2)", 2),
  ])
  func `parameters are counted as they are declared`(text: String, count: Int) {
    #expect(Self.functions(in: text) == [Function(line: 1, count: count, hasReason: false)])
  }

  @Test func `a reason is one in front of its own function`() {
    let text = "// More than five: why.\nfunc f(a: Int) {}\nfunc g() {}"
    #expect(Self.functions(in: text).map(\.hasReason) == [true, false])
  }

  @Test(arguments: ["call(a, b)", "self.init(a: 1)", "let f = g.init(1, 2)", "case function(A, B)"])
  func `calls are no declarations`(text: String) {
    #expect(Self.functions(in: text).isEmpty)
  }

  private static func functions(in text: String) -> [Function] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start =
      /^\s*(?:@\S+\s+|[a-z]+(?:\([a-z]+\))?\s+)*?(?:func\s+(?:`[^`]*`|[^\s(<]+)|init[?!]?|subscript)(?:<[^(]*>)?\(/
    var functions: [Function] = []
    for (index, line) in lines.enumerated() {
      guard ["func ", "init", "subscript"].contains(where: { line.contains($0) }),
        let found = line.prefixMatch(of: start)
      else { continue }
      let rest = [line[found.range.upperBound...]] + lines[(index + 1)...]
      let parameters = parameters(rest.prefix(30).joined(separator: "\n"))
      functions.append(
        Function(
          line: index + 1,
          count: parameters.count { !$0.contains(/\b(?:borrowing|inout)\b|:\s*Span</) },
          hasReason: reasons(before: index, lines)
        )
      )
    }
    return functions
  }

  /// Whether the comment and the attributes in front of a line hold the words.
  private static func reasons(before index: Int, _ lines: [Substring]) -> Bool {
    for line in lines[..<index].reversed() {
      guard line.contains(/^\s*(?:\/\/|@)/) else { return false }
      if line.contains(exception) { return true }
    }
    return false
  }

  /// The parameters in a text that begins behind their opening parenthesis.
  private static func parameters(_ text: String) -> [String] {
    // Neither comments nor the text of literals count.
    let bare = text.replacing(/"(?:\\.|[^"\\\n])*"/, with: "\"\"").replacing(/\/\/[^\n]*/, with: "")
    var parameters = [""]
    var depth = 0
    var angles = 0
    var last: Character = " "
    for character in bare {
      switch character {
      case "(", "[", "{": depth += 1
      case "<" where !last.isWhitespace && last != "<": angles += 1
      case ">" where last != "-" && angles > 0: angles -= 1
      case ")" where depth == 0:
        return parameters.filter { $0.contains { !$0.isWhitespace } }
      case ")", "]", "}": depth -= 1
      case "," where depth == 0 && angles == 0:
        parameters.append("")
        last = character
        continue
      default: break
      }
      parameters[parameters.count - 1].append(character)
      last = character
    }
    return parameters
  }
}
