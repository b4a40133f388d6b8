import FoundationEssentials
import Testing

/// A task file under Tests/Fixtures/check and the pictures of what is found in it.
///
/// With UPDATE_GOLDEN=1 in the environment the pictures are written anew, and the test fails so that
/// nobody takes that for a pass.
struct CheckFixture: CustomTestStringConvertible, Sendable {
  /// The file's name without its extension, as `DB101-unknown-directive`.
  let name: String

  var testDescription: String { name }

  /// The code that it shows; nil for a good example.
  var code: String? { name.hasPrefix("DB") ? String(name.prefix(5)) : nil }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/check")

  static let all: [CheckFixture] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
    return (names ?? []).filter { $0.hasSuffix(".tasks") }.sorted().map {
      CheckFixture(name: String($0.dropLast(6)))
    }
  }()

  func source() throws -> [UInt8] { try Array(Data(contentsOf: url("tasks"))) }

  /// Compares with a golden beside the fixture.
  func expect(_ bytes: [UInt8], _ kind: String) throws {
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(bytes).write(to: url(kind))
      Issue.record("\(name).\(kind) was written anew")
    } else {
      let golden = try Array(Data(contentsOf: url(kind)))
      #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
    }
  }

  private func url(_ kind: String) -> URL { Self.folder.appending(path: "\(name).\(kind)") }
}
