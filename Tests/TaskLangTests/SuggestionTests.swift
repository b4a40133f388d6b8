import TaskLang
import Testing

@Suite struct SuggestionTests {
  private let keywords = ["PREFIX", "SUFFIX", "REPEAT", "BARRIER", "PERENGINE"]

  @Test(
    arguments: [
      ("PREFX", "PREFIX"), ("preifx", "PREFIX"), ("SUFIX", "SUFFIX"), ("REPAET", "REPEAT"),
      ("BARIER", "BARRIER"), ("PERENGIEN", "PERENGINE"), ("PREENGINE", "PERENGINE"),
    ]
  )
  func `a near miss names what was meant`(word: String, meant: String) {
    #expect(Suggestion.nearest(to: word.utf8, among: keywords) == meant)
  }

  @Test(arguments: ["", "MAIL", "X", "PARALLEL", String(repeating: "PREFIX", count: 20)])
  func `another word names nothing`(word: String) {
    #expect(Suggestion.nearest(to: word.utf8, among: keywords) == nil)
  }

  @Test func `case counts when asked`() {
    #expect(Suggestion.nearest(to: "check".utf8, among: ["CHECK"], ignoresCase: false) == nil)
    #expect(Suggestion.nearest(to: "CHEK".utf8, among: ["CHECK"], ignoresCase: false) == "CHECK")
  }

  @Test(
    arguments: [
      ("", "abc", 3), ("abc", "abc", 0), ("ab", "ba", 1), ("abcd", "acbd", 1),
      ("kitten", "sitting", 3),
      ("CHCEK", "CHECK", 1), ("ca", "abc", 3),
    ]
  )
  func `distance counts exchanged neighbours as one`(left: String, right: String, steps: Int) {
    #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == steps)
    #expect(Suggestion.distance(Array(right.utf8), Array(left.utf8)) == steps)
  }
}
