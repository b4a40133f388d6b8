import TaskLang
import TestSupport
import Testing

/// Words of shell for people to paste.
@Suite struct ShellWordTests {
  static let samples: [(bytes: [UInt8], word: String)] = [
    (Array("plain-Name_1.txt".utf8), "plain-Name_1.txt"),
    ([], "''"),
    (Array("=x".utf8), "'=x'"),
    (Array("a=x".utf8), "a=x"),
    (Array("two words".utf8), "'two words'"),
    (Array("it's $HOME".utf8), #"'it'\''s $HOME'"#),
    (Array("größe".utf8), "'größe'"),
    ([0x64, 0xE9], #"$'d\xE9'"#),
    (Array("a\u{1B}[31mb".utf8), #"$'a\x1B[31mb'"#),
    (Array("line\nend\r\tof 'it' \\ !x".utf8), #"$'line\nend\r\tof \'it\' \\ \x21x'"#),
    // Controls of the second set, and what turns the order of characters round.
    (Array("\u{9B}31m\u{202E}txt".utf8), #"$'\xC2\x9B31m\xE2\x80\xAEtxt'"#),
    (Array("zero\u{200B}width".utf8), #"$'zero\xE2\x80\x8Bwidth'"#),
    (Array("\u{301}mark".utf8), #"$'\xCC\x81mark'"#),
    ([0x07, 0x61], #"$'\x07a'"#),
  ]

  @Test(arguments: samples)
  func `a word is shown so that a terminal shows it, and pasted it is the same bytes`(
    bytes: [UInt8],
    word: String
  ) throws {
    let shown = ShellWord.shown(SystemText.text(of: bytes))
    #expect(shown == word)
    let outcome = try Program("/bin/bash", ["-c", "printf %s \(shown)"]).run()
    #expect(outcome.output == bytes)
  }

  @Test(arguments: 0..<60)
  func `bytes of any kind are the same when they are pasted`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let bytes = (0..<40).map { _ in UInt8.random(in: 1...255, using: &random) }
    let shown = ShellWord.shown(SystemText.text(of: bytes))
    #expect(shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    let outcome = try Program("/bin/bash", ["-c", "printf %s \(shown)"]).run()
    #expect(outcome.output == bytes)
  }
}
