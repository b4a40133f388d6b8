import Glibc
import Synchronization
import TaskRuntime
import TestSupport
import Testing

/// A status file that takes the place of an older one.
@Suite struct StatusDraftTests {
  @Test func `a draft takes the name of the old file, which gets a number`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old\n", to: "p_status.txt")
    let claim = try StatusClaim(path)
    let draft = try StatusDraft(of: claim) { Issue.record("\($0)") }
    try draft.append("carried\n".utf8)
    #expect(try folder.text(of: "p_status.txt") == "old\n")
    let status = try StatusFile(claim, draft)
    var rows = ContiguousArray("next\n".utf8)
    try status.file.write(&rows)
    #expect(try folder.text(of: "p_status.txt") == "carried\nnext\n")
    #expect(try folder.text(of: "p_status.txt.1") == "old\n")
    #expect(status.renamedOld == path + ".1")
    #expect(StatusFile.isLocked(path))
    #expect(try folder.names() == ["p_status.txt", "p_status.txt.1"])
  }

  @Test func `a draft that is given up leaves nothing`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old\n", to: "p_status.txt")
    do {
      let draft = try StatusDraft(of: try StatusClaim(path)) { _ in }
      try draft.append("carried\n".utf8)
      #expect(folder.contains("p_status.txt.new"))
    }
    #expect(try folder.names() == ["p_status.txt"])
    #expect(try folder.text(of: "p_status.txt") == "old\n")
  }

  @Test func `a number that a killed run gave the old file is used`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old\n", to: "p_status.txt")
    try folder.write("older\n", to: "p_status.txt.1")
    try #require(unsafe link(path, path + ".2") == 0)
    let claim = try StatusClaim(path)
    let status = try StatusFile(claim, try StatusDraft(of: claim) { _ in })
    #expect(status.renamedOld == path + ".2")
    #expect(try folder.names() == ["p_status.txt", "p_status.txt.1", "p_status.txt.2"])
    #expect(try folder.text(of: "p_status.txt.2") == "old\n")
  }

  @Test func `a draft that is being made keeps a second run out`() throws {
    let folder = try TemporaryFolder()
    let claim = try StatusClaim(folder.file("p_status.txt"))
    let draft = try StatusDraft(of: claim) { _ in }
    #expect(throws: RunError.self) { try StatusDraft(of: claim) { _ in } }
    let status = try StatusFile(claim, draft)
    #expect(status.renamedOld == nil)
    #expect(throws: RunError.self) { try StatusClaim(claim.path) }
  }

  @Test func `a name that another run took meanwhile is left to it`() throws {
    let folder = try TemporaryFolder()
    let claim = try StatusClaim(folder.file("p_status.txt"))
    let draft = try StatusDraft(of: claim) { _ in }
    try folder.write("other\n", to: "p_status.txt")
    #expect(throws: RunError.self) { try StatusFile(claim, draft) }
    #expect(try folder.text(of: "p_status.txt") == "other\n")
  }

  @Test func `without a second name for a file the two names are exchanged`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old\n", to: "p")
    try folder.write("older\n", to: "p.1")
    let draft = try folder.write("new\n", to: "p.new")
    #expect(try StatusDraft.exchangeWithoutLinks(draft, path, 1) == path + ".2")
    #expect(try folder.names() == ["p", "p.1", "p.2"])
    #expect(try folder.text(of: "p") == "new\n" && folder.text(of: "p.2") == "old\n")
  }

  @Test func `who asks for a lock keeps nobody from taking it`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "file")
    let isOver = Mutex(false)
    let asking = try Thread {
      while !isOver.withLock({ $0 }) { _ = StatusFile.isLocked(path) }
    }
    for _ in 0..<500 {
      let file = try FileDescriptor(opening: path, for: .updatingExisting)
      #expect(try FileLock.take(file))
    }
    isOver.withLock { $0 = true }
    asking.join()
    let held = try FileDescriptor(opening: path, for: .updatingExisting)
    #expect(try FileLock.take(held))
    #expect(FileLock.holder(of: held) == getpid())
    #expect(StatusFile.isLocked(path))
    #expect(!(try FileLock.take(try FileDescriptor(opening: path, for: .updatingExisting))))
  }
}
