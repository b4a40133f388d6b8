import TaskLang
import Testing

@Suite struct CheckFixtureTests {
  private func options(_ fixture: CheckFixture) -> LintOptions {
    let code = fixture.code.flatMap(DiagnosticCode.init(rawValue:))
    return LintOptions(enabled: Set([code].compactMap { $0 }), obeysComments: true)
  }

  @Test(arguments: CheckFixture.all)
  func `a fixture shows its code, in words and pictures that stay`(
    _ fixture: CheckFixture
  ) throws {
    let checked = Checked(try fixture.source(), options(fixture))
    if let code = fixture.code {
      #expect(checked.codes.contains(code))
    } else {
      #expect(checked.codes == [])
    }
    let file = "\(fixture.name).tasks"
    for (format, kind) in [(DiagnosticFormat.human, "human"), (.json, "json")] {
      try fixture.expect(
        DiagnosticReport.rendered(checked.diagnostics, of: file, as: format),
        kind
      )
    }
  }

  @Test func `every code of the language has a fixture, and there are good examples`() {
    let shown = Set(CheckFixture.all.compactMap(\.code))
    // Settings have their own test, and so have limits.
    let others = [DiagnosticCode.unknownSetting, .limitReached]
    let known = Set(
      DiagnosticCode.allCases.filter { !$0.isOfShell && !others.contains($0) }.map(\.rawValue)
    )
    #expect(shown == known)
    #expect(CheckFixture.all.count { $0.code == nil } >= 2)
  }

  @Test(arguments: CheckFixture.all, [1, 2, 7, 64])
  func `what is found does not depend on how the input is cut`(
    _ fixture: CheckFixture,
    chunkBytes: Int
  ) throws {
    let source = try Array(fixture.source().prefix(4096))
    let whole = Checked(source, Checked.pedantic).diagnostics
    #expect(Checked(source, Checked.pedantic, chunkBytes: chunkBytes).diagnostics == whole)
  }

  @Test(arguments: CheckFixture.all)
  func `a fix removes its finding and brings no error`(_ fixture: CheckFixture) throws {
    let source = try fixture.source()
    let checked = Checked(source, Checked.pedantic)
    for diagnostic in checked.diagnostics {
      for fix in diagnostic.fixes where fix.applicability != .placeholder {
        let mended = applied(fix, to: source)
        let after = Checked(mended, Checked.pedantic)
        let before = checked.diagnostics.count { $0.code == diagnostic.code }
        #expect(
          after.diagnostics.count { $0.code == diagnostic.code } < before,
          "\(diagnostic.code) at \(diagnostic.primary.span.start)"
        )
        if fix.applicability == .safe { #expect(expansion(of: mended) == expansion(of: source)) }
      }
    }
  }

  @Test(arguments: CheckFixture.all)
  func `an error's help or fix says what to do`(_ fixture: CheckFixture) throws {
    for diagnostic in Checked(try fixture.source()).diagnostics where diagnostic.severity == .error
    {
      let isRemedied =
        !diagnostic.help.isEmpty || !diagnostic.fixes.isEmpty
        || [.nulByte, .indexOverflow].contains(diagnostic.code)
      #expect(isRemedied, "\(diagnostic.code) at \(diagnostic.primary.span.start)")
    }
  }
}
