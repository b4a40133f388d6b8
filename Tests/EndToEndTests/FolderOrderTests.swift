import FoundationEssentials
import TestSupport
import Testing

/// The order of folders that ARCHITECTURE.md promises.
@Suite struct FolderOrderTests {
  /// A source file: the folder it is in, the types it declares, and those it mentions.
  private struct SourceFile {
    let path: String
    let folder: String
    let declared: Set<String>
    let mentioned: Set<String>
  }

  /// The folders of each module, lowest first, as ARCHITECTURE.md lists them.
  private static func order() throws -> [(module: String, folders: [String])] {
    let text = try String(contentsOfFile: Repository.file("ARCHITECTURE.md"), encoding: .utf8)
    guard let begin = text.firstRange(of: "### Folders"),
      let end = text[begin.upperBound...].firstRange(of: "\n## ")
    else { return [] }
    let section = text[begin.upperBound..<end.lowerBound].replacing("\n  ", with: " ")
    return section.matches(of: /- \*\*(\w+)\*\*: ([^\n]+)/).map { match in
      (String(match.1), match.2.split(separator: /,\s*/).map(String.init))
    }
  }

  private static func files(of module: String) throws -> [SourceFile] {
    let root = Repository.file("Sources/\(module)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let source = try Array(Data(contentsOf: URL(filePath: "\(root)/\(path)")))
      let words = Words(of: source)
      let parts = path.split(separator: "/")
      return SourceFile(
        path: path,
        // A file of the module's root stands for itself.
        folder: parts.count > 1
          ? parts.dropLast().joined(separator: "/") : String(path.dropLast(".swift".count)),
        declared: words.declared,
        mentioned: words.mentioned
      )
    }
  }

  /// The capitalised words of a source text, comments and the literal parts of strings apart.
  struct Words {
    /// Names of types that are declared at the start of a line.
    ///
    /// Those within others are mentioned behind the name of the outer one, which is enough.
    private(set) var declared: Set<String> = []
    private(set) var mentioned: Set<String> = []

    /// Names of its own, which mean nothing else in it.
    private var inner: Set<String> = []

    private static let kinds: Set<String> = [
      "struct", "class", "enum", "protocol", "actor", "typealias",
    ]

    init(of source: [UInt8]) {
      let text = Self.code(in: source)
      var isIndented = false
      var last = ""
      var index = 0
      while index < text.count {
        let byte = text[index]
        if byte == UInt8(ascii: "\n") {
          isIndented = index + 1 < text.count && text[index + 1] == UInt8(ascii: " ")
        }
        guard Self.isLetter(byte) else {
          index += 1
          continue
        }
        let start = index
        while index < text.count, Self.isLetter(text[index]) { index += 1 }
        let word = String(decoding: text[start..<index], as: UTF8.self)
        if (0x41...0x5A).contains(byte) {
          mentioned.insert(word)
          if Self.kinds.contains(last) {
            if isIndented { inner.insert(word) } else { declared.insert(word) }
          }
        }
        last = word
      }
      mentioned.subtract(inner)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
      (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte) || byte == 0x5F
    }

    /// The text with comments and the literal parts of strings blanked; line ends stay.
    static func code(in source: [UInt8]) -> [UInt8] {
      var text = source
      var index = 0
      var isComment = false
      var quote = 0
      // For each interpolation around: its open brackets, and the quotes of its string.
      var interpolations: [(depth: Int, quote: Int)] = []
      while index < text.count {
        defer { index += 1 }
        let byte = text[index]
        if byte == UInt8(ascii: "\n") {
          isComment = false
          if quote == 1 { quote = 0 }
          continue
        }
        let isTriple = text[index...].prefix(3).elementsEqual([0x22, 0x22, 0x22])
        switch byte {
        case _ where isComment: text[index] = 0x20
        case UInt8(ascii: "\"") where quote == 0: quote = isTriple ? 3 : 1
        case UInt8(ascii: "\"") where quote == 1 || isTriple: quote = 0
        case UInt8(ascii: "\\") where quote > 0 && index + 1 < text.count:
          text[index] = 0x20
          index += 1
          if text[index] == UInt8(ascii: "(") {
            interpolations.append((1, quote))
            quote = 0
          } else {
            text[index] = 0x20
          }
          continue
        case _ where quote > 0: text[index] = 0x20
        case UInt8(ascii: "/") where index + 1 < text.count && text[index + 1] == byte:
          isComment = true
          text[index] = 0x20
        case UInt8(ascii: "(") where !interpolations.isEmpty:
          interpolations[interpolations.count - 1].depth += 1
        case UInt8(ascii: ")") where !interpolations.isEmpty:
          interpolations[interpolations.count - 1].depth -= 1
          if let open = interpolations.last, open.depth == 0 {
            quote = open.quote
            interpolations.removeLast()
          }
        default: break
        }
        if isTriple { index += 2 }
      }
      return text
    }
  }

  @Test func `a folder mentions only types of the folders in front of it`() throws {
    let order = try Self.order()
    #expect(order.count >= 4)
    for (module, folders) in order {
      let files = try Self.files(of: module)
      let present = Set(files.map(\.folder))
      #expect(
        present == Set(folders),
        "\(module): ARCHITECTURE.md lists other folders: \(present.symmetricDifference(folders))"
      )
      let positions = Dictionary(uniqueKeysWithValues: zip(folders, folders.indices))
      let homes = files.flatMap { file in file.declared.map { ($0, file.folder) } }
      let folderOfType = Dictionary(homes) { first, _ in first }
      for file in files {
        guard let own = positions[file.folder] else { continue }
        for word in file.mentioned.sorted() {
          guard let home = folderOfType[word], let other = positions[home] else { continue }
          #expect(
            other <= own,
            "\(module)/\(file.path) mentions \(word) of \(home), a folder behind its own"
          )
        }
      }
    }
  }

  @Test func `words of comments and of the text of strings are no mentions`() {
    let source = """
      struct Own {
        struct Inner {}
        let text = "Literal \\(Name.of(Type("Nested"), x)) Literal" // Comment
      }
      """
    let words = Words(of: Array(source.utf8))
    #expect(words.declared == ["Own"])
    #expect(words.mentioned == ["Own", "Name", "Type"])
  }
}
