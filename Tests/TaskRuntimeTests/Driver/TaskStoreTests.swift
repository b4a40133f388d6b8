import TaskLang
import TaskRuntime
import TaskScheduler
import Testing

@Suite struct TaskStoreTests {
  private func steps(_ text: String) -> [Step] {
    var feed = TaskFeed(checks: false)
    feed.append(Array(text.utf8).span)
    feed.end()
    var steps: [Step] = []
    while let step = feed.next() { steps.append(step) }
    return steps
  }

  @Test func `a task's text is found until it has its outcome`() {
    var store = TaskStore()
    for step in steps("a\n#DISBATCH REPEAT 3 start 10 step 5 r\nb\n") { store.add(step) }
    #expect(store.count == 3)
    #expect(store.text(of: TaskID(0))?.command == ContiguousArray("a".utf8))
    #expect(store.text(of: TaskID(0))?.repeatIndex == -1)
    #expect((1...3).map { store.text(of: TaskID($0))?.repeatIndex } == [10, 15, 20])
    #expect(store.text(of: TaskID(3))?.line == 2)
    #expect(store.text(of: TaskID(4))?.line == 3)
    #expect(store.text(of: TaskID(5)) == nil)
    store.close(TaskID(0))
    #expect(store.text(of: TaskID(0)) == nil)
    for id in Int64(1)...3 { store.close(TaskID(id)) }
    #expect(store.text(of: TaskID(2)) == nil)
    #expect(store.text(of: TaskID(4)) != nil)
    #expect(store.count == 1)
  }

  @Test func `a task that runs on does not keep those that ended after it`() {
    var store = TaskStore()
    let lines = steps(String(repeating: "x\n", count: 10_000))
    for step in lines { store.add(step) }
    for id in Int64(1)..<10_000 { store.close(TaskID(id)) }
    #expect(store.count == 1)
    #expect(store.text(of: TaskID(0)) != nil)
    store.close(TaskID(0))
    #expect(store.count == 0)
  }

  @Test func `a repeat of nothing is not kept`() {
    var store = TaskStore()
    for step in steps("#DISBATCH REPEAT 0 x\ny\n") { store.add(step) }
    #expect(store.count == 1)
    #expect(store.text(of: TaskID(0))?.command == ContiguousArray("y".utf8))
  }
}
