import TaskLang
import Testing

@Suite struct TaskFileTests {
  @Test func `a file held whole says what is wrong and what it comes to`() {
    let file = TaskFile(Array("#DISBATCH PREFX x\n#DISBATCH REPEAT 1000000000000 y\nz".utf8))
    #expect(file.diagnostics.map(\.code).contains(.unknownDirective))
    #expect(file.steps.map(\.firstID) == [0, 1_000_000_000_000])
    #expect(file.steps.map(\.taskCount) == [1_000_000_000_000, 1])
  }
}
