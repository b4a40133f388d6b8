import TaskLang
import Testing

@Suite struct TaskFeedTests {
  private func steps(of source: [UInt8], cutAt cut: Int? = nil) -> [Step] {
    var feed = TaskFeed(checks: false)
    var steps: [Step] = []
    let cuts = [0, cut ?? source.count, source.count]
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      feed.append(Array(source[from..<to]).span)
      while let step = feed.next() { steps.append(step) }
    }
    feed.end()
    while let step = feed.next() { steps.append(step) }
    #expect(feed.isExhausted)
    return steps
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `where the bytes are cut changes nothing`(seed: UInt64) {
    var generator = TaskFileGenerator(seed: seed)
    let source = generator.next()
    let whole = steps(of: source)
    for cut in source.indices { #expect(steps(of: source, cutAt: cut) == whole) }
  }

  @Test func `tasks, repeats and barriers share one counter`() throws {
    let source = """
      #DISBATCH PREFIX x\u{20}
      a
      #DISBATCH REPEAT 3 start 10 step 5 b
      #DISBATCH BARRIER CHECK key
      c
      """
    let steps = steps(of: Array(source.utf8))
    #expect(steps.map(\.firstID) == [0, 1, 4, 5])
    #expect(steps.map(\.line) == [2, 3, 4, 5])
    #expect(steps[1].kind == .repeated(try #require(RepeatRange(count: 3, start: 10, step: 5))))
    #expect(steps[1].command == Array("x b".utf8))
    #expect(steps[2].key == Array("key".utf8))
    #expect(steps[2].command == Array("#DISBATCH BARRIER CHECK key".utf8))
  }

  @Test func `a step is there as soon as its line is complete`() {
    var feed = TaskFeed(checks: true)
    feed.append(Array("one\ntw".utf8).span)
    #expect(feed.next()?.command == Array("one".utf8))
    #expect(feed.next() == nil)
    #expect(!feed.isExhausted)
    feed.append(Array("o\n".utf8).span)
    #expect(feed.next()?.command == Array("two".utf8))
  }

  @Test(arguments: [
    "#DISBATCH REPEAT 9223372036854775808 x", "#DISBATCH REPEAT 1 start 99999999999999999999 x",
    "#DISBATCH REPEAT 3 start 9223372036854775806 x",
    "#DISBATCH REPEAT 9223372036854775807 x\n#DISBATCH REPEAT 2 y",
  ])
  func `numbers of 2^63 and more end the plan`(text: String) {
    var feed = TaskFeed(checks: false)
    feed.append(Array((text + "\nafter\n").utf8).span)
    feed.end()
    #expect(feed.isMalformed)
    while let step = feed.next() { #expect(step.command == Array("x".utf8)) }
  }
}
