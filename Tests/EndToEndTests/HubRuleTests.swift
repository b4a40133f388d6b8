import FoundationEssentials
import TestSupport
import Testing

/// No type knows everything: each has few stored properties, and the great ones are not continued elsewhere.
@Suite struct HubRuleTests {
  /// The most stored properties that a type may have.
  static let mostProperties = 24

  /// How many stored properties each type of a source text has.
  ///
  /// Those of an instance count; what is computed, static or local does not. An extension has none.
  static func storedProperties(in source: [UInt8]) -> [String: Int] {
    let code = String(decoding: FolderOrderTests.Words.code(in: source), as: UTF8.self)
    var counts: [String: Int] = [:]
    /// For each open brace, the type whose body it opened, if it opened one.
    var open: [String?] = []
    var head = ""
    for line in code.split(separator: "\n", omittingEmptySubsequences: false) {
      if let type = open.last ?? nil, open.allSatisfy({ $0 != nil }) {
        counts[type, default: 0] += namesStored(by: line)
      }
      for character in line {
        switch character {
        case "{":
          open.append(type(declaredBy: head))
          head = ""
        case "}":
          if !open.isEmpty { open.removeLast() }
          head = ""
        default: head.append(character)
        }
      }
      // A head may go on in the next line; a declaration of a property does not.
      let isOver = ["let ", "var ", "case ", "import "].contains { line.contains($0) }
      head = isOver ? "" : head + " "
    }
    return counts
  }

  private static let kinds = ["struct ", "class ", "enum ", "actor ", "extension ", "protocol "]

  private static func type(declaredBy head: String) -> String? {
    guard kinds.contains(where: { head.contains($0) }) else { return nil }
    let words = /\b(?:struct|class|enum|actor|extension|protocol)\s+([A-Z][A-Za-z0-9.]*)/
    return head.firstMatch(of: words).map { String($0.1) }
  }

  private static func namesStored(by line: Substring) -> Int {
    guard line.contains("let ") || line.contains("var ") else { return 0 }
    let modifiers =
      /^\s*(?:@\w+\s+)*(?:(?:private|fileprivate|package|public|internal|open|lazy|weak|unowned|final|nonisolated|unsafe)(?:\(\w+\))?\s+)*(?:let|var)\s+(.*)$/
    guard let match = line.firstMatch(of: modifiers) else { return 0 }
    let rest = match.1
    let value = rest.firstIndex(of: "=") ?? rest.endIndex
    if let brace = rest.firstIndex(of: "{"), brace < value {
      let body = rest[rest.index(after: brace)...]
      guard body.contains("didSet") || body.contains("willSet") else { return 0 }
    }
    guard rest.hasPrefix("("), let end = rest.firstIndex(of: ")") else { return 1 }
    return rest[..<end].count { $0 == "," } + 1
  }

  @Test(arguments: ["TaskLang", "TaskScheduler", "TaskRuntime", "TaskLangLSP", "disbatch"])
  func `no type has so many stored properties that it is a hub`(module: String) throws {
    let root = Repository.file("Sources/\(module)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { $0.hasSuffix(".swift") }
    #expect(!paths.isEmpty)
    var found = 0
    for path in paths {
      let source = try Array(Data(contentsOf: URL(filePath: "\(root)/\(path)")))
      for (type, count) in Self.storedProperties(in: source) {
        found += count
        #expect(
          count <= Self.mostProperties,
          "\(module)/\(path): \(type) has \(count) stored properties; divide it by what belongs together"
        )
      }
    }
    #expect(found > 50, "the counting sees nothing")
  }

  @Test(arguments: [(24, false), (25, true)])
  func `a type with too many is noticed`(count: Int, isHub: Bool) throws {
    let properties = (0..<count - 2).map { "  private(set) var part\($0) = [1: 2]\n" }.joined()
    let source = """
      package final class Hub<Element>:
        Sendable
      {
        let (first, second): (Int, Int)
      \(properties)
        static let shared = 1
        var computed: Int { let local = 1; return local }
        var longer: Int {
          let local = 1
          return local
        }

        struct Inner { var own = 1 }

        func work() {
          var local = 0
          local += 1
        }
      }
      """
    let counts = Self.storedProperties(in: Array(source.utf8))
    #expect(counts["Hub"] == count)
    #expect((counts["Hub"] ?? 0 > Self.mostProperties) == isHub)
  }

  @Test func `observed and lent properties are stored, and those of an inner type its own`() {
    let source = """
      struct Outer {
        var watched = 0 { didSet { note() } }
        var late: Int {
          get { 1 }
        }
        lazy var made = make { 1 }
        struct Inner {
          let own: Int
          let other: Int
        }
      }
      """
    #expect(Self.storedProperties(in: Array(source.utf8)) == ["Outer": 2, "Inner": 2])
  }

  /// Folders whose types are divided into desks, each with state of its own.
  @Test(arguments: ["Driver", "Engine"])
  func `no desk shares its state with extensions in other files`(folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Repository.file("Sources/TaskRuntime/\(folder)")
    )
    #expect(names.contains("\(folder).swift"))
    // It has no state: its cases are functions that only share a name.
    #expect(names.filter { $0.contains("+") }.filter { !$0.hasPrefix("Run") } == [])
  }
}
