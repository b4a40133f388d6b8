import TaskLang
import TestSupport
import Testing

/// Mended files do what they did before: every program that was called is called, in the same folder,
/// with the same words and the same input, unless it is just that which was wrong.
@Suite struct FixRunTests {
  /// An input whose fixes are tried.
  struct Input: CustomTestStringConvertible, Sendable {
    let name: String
    let source: [UInt8]
    var testDescription: String { name }
  }

  /// Findings whose mend is that a line is another statement, or calls something else.
  private static let restating: Set<DiagnosticCode> = [
    .unknownDirective, .lowercaseMarker, .displacedMarker, .markerWithoutSpace,
    .extraSpaceAfterMarker, .missingSpaceAfterKeyword, .tabAfterKeyword, .perengineEvent,
    .perengineEventCase, .repeatClauseIsCommand, .perengineWindowClosed, .bom, .loneCr,
    .commentOnDirective, .invisibleSpace, .smartQuotes,
  ]

  /// Findings whose mend is that programs are called with other words, or at last.
  private static let changing: Set<DiagnosticCode> = [
    .affixGlued, .numberGluedRedirect, .unknownVariable, .variableRunsOn,
    .repeatIndexOutsideRepeat, .paddedInArithmetic, .foreignSyntax,
  ]

  /// All inputs that have a fix.
  static let all: [Input] = {
    var inputs: [Input] = []
    for fixture in ShellFixtureTests.fixtures + ShellFixtureTests.clean {
      inputs.append(Input(name: fixture.name, source: fixture.source))
    }
    for fixture in CheckFixture.all where !["DB701", "DB702"].contains(fixture.code) {
      if let source = try? fixture.source() {
        inputs.append(Input(name: fixture.name, source: source))
      }
    }
    let lines = FindingTests.lines.map(\.0) + FixTests.lines.map(\.0)
    inputs += lines.map { Input(name: $0, source: Array("\($0)\n".utf8)) }
    inputs += FixTests.wholes.map { Input(name: $0.0, source: Array($0.0.utf8)) }
    inputs += FindingTests.files.map { Input(name: $0.0, source: Array($0.0.utf8)) }
    inputs += PublicStyleTests.files.map { Input(name: $0.name, source: $0.source) }
    for code in DiagnosticCode.allCases
    where ![.commandTooLong, .nulByte, .unknownSetting].contains(code) {
      inputs.append(Input(name: "explain \(code.rawValue)", source: code.page.bad.source))
    }
    return inputs.filter { input in
      findings(input.source).contains { $0.fixes.contains { $0.applicability != .placeholder } }
    }
  }()

  /// Those that are run: all where there is time.
  static let inputs = all.enumerated().filter { TestMode.isLong || $0.offset % 4 == 0 }
    .map(\.element)

  private static func findings(_ source: [UInt8]) -> [Diagnostic] {
    var options = LintOptions(checksShell: true, obeysComments: true)
    options.enabled = Set(DiagnosticCode.allCases.filter(\.isOptIn))
    return Checked(source, options).diagnostics
  }

  @Test(arguments: inputs)
  func `a mended file calls all that it called`(_ input: Input) throws {
    let before = try StubbedRun(input.source)
    let found = Self.findings(input.source)
    for diagnostic in found {
      for fix in diagnostic.fixes where fix.applicability != .placeholder {
        let mended = applied(fix, to: input.source)
        let after = try StubbedRun(mended)
        let what = "\(diagnostic.code): \(String(decoding: mended, as: UTF8.self))"
        if Self.restating.contains(diagnostic.code) { continue }
        if Self.changing.contains(diagnostic.code) {
          #expect(after.count >= before.count, "\(what)")
        } else {
          #expect(after.missing(from: before) == [], "\(what)")
        }
        if fix.applicability == .safe {
          #expect(after.calls == before.calls && after.files == before.files, "\(what)")
        }
      }
    }
    let all = FixApplier(allowsUnsafe: true, findings: Self.findings).apply(to: input.source)
    #expect(all.isComplete)
    let mended = try StubbedRun(all.source)
    let what = String(decoding: all.source, as: UTF8.self)
    if found.contains(where: { Self.restating.contains($0.code) }) { return }
    if found.contains(where: { Self.changing.contains($0.code) }) {
      #expect(mended.count >= before.count, "\(what)")
    } else {
      #expect(mended.missing(from: before) == [], "\(what)")
    }
  }

  @Test func `a stub is told of, with its folder, its input and its words`() throws {
    let run = try StubbedRun(Array("mkdir -p d && cd d && ./p 'a b' | q > o\n".utf8))
    #expect(run.calls.keys.count { $0.contains("./p") } == 1)
    #expect(run.calls.keys.contains { $0.contains("/d/") && $0.contains("q") }, "\(run.calls)")
    #expect(run.files == ["file ./d/o"])
  }
}
