import Glibc
import TaskRuntime
import Testing

@Suite struct ProcessTableTests {
  @Test func `a tree is the leader, its session, its descendants and known orphans`() {
    func entry(
      _ pid: Int32,
      _ parent: Int32,
      _ session: Int32,
      zombie: Bool = false
    )
      -> ProcessTable.Entry
    {
      ProcessTable.Entry(pid: pid, parent: parent, session: session, isZombie: zombie)
    }
    let table = ProcessTable(entries: [
      entry(100, 1, 100),  // the engine
      entry(200, 100, 200), entry(201, 200, 200),  // the task and its child
      entry(202, 201, 202), entry(203, 202, 202),  // which went to a session of its own
      entry(204, 100, 200),  // an orphan in the task's session
      entry(205, 100, 205), entry(206, 205, 205),  // a daemon that the caller recognises
      entry(207, 200, 200, zombie: true),
      entry(300, 100, 300), entry(301, 300, 300),  // another task
    ])
    #expect(table.tree(of: 200, with: [205]) == [200, 201, 202, 203, 204, 205, 206])
    #expect(table.tree(of: 200, with: [205, 999]) == [200, 201, 202, 203, 204, 205, 206])
    #expect(table.tree(of: 300) == [300, 301])
    #expect(table.tree(of: 999) == [])
    #expect(table.children(of: 200) == [201])
    #expect(table.children(of: 999) == [])
    #expect(table.descendants(of: 201) == [202, 203])
    #expect(table.descendants(of: 100).count == 9)
  }

  @Test func `this process stands in the table under its parent`() {
    let mine = ProcessTable.now().entries.first { $0.pid == getpid() }
    #expect(mine?.parent == getppid())
    #expect(mine?.session == getsid(0))
    #expect(mine?.isZombie == false)
  }
}
