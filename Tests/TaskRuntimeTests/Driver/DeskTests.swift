import TaskScheduler
import TestSupport
import Testing

@testable import TaskRuntime

/// Desks of the driver, each alone.
@Suite struct DeskTests {
  @Test func `what happened before is put in front of what was not looked at`() {
    var turn = Turn(at: Instant(nanoseconds: 1))
    turn.add(.time)
    turn.add(.endOfSteps)
    let looked = turn.next()
    #expect(looked == .time)
    turn.addInFront { $0.add(.stop(.drain)) }
    turn.add(.writerFailed)
    #expect(turn.count == 3)
    var rest: [Event] = []
    while let event = turn.next() { rest.append(event) }
    #expect(rest == [.stop(.drain), .endOfSteps, .writerFailed] && turn.count == 0)
  }

  @Test func `a lost attempt is reported as the driver knows it, others as their engine does`() {
    var reports = AttemptReports()
    let engine = EngineID(0)
    reports.addEngine(slots: 1)
    reports.start(in: SlotIndex(0), of: engine, at: Instant(nanoseconds: 100))
    let end = AttemptEnd(TaskID(5), .first, in: SlotIndex(0), .exited(0), .itself)
    var report = TaskReport()
    report.pid = 7
    let isKept = reports.keep(report, of: end, on: engine)
    let stray = AttemptEnd(TaskID(5), .first, in: SlotIndex(1), .exited(0), .itself)
    let isStrayKept = reports.keep(report, of: stray, on: engine)
    #expect(isKept && !isStrayKept)
    reports.hold(TaskID(5), .first, in: SlotIndex(0), of: engine)
    // The slot runs another task before the verdict is given.
    var other = TaskReport()
    other.pid = 8
    let next = AttemptEnd(TaskID(6), .first, in: SlotIndex(0), .exited(0), .itself)
    _ = reports.keep(other, of: next, on: engine)
    let now = Instant(nanoseconds: 400)
    let (first, second) = (
      reports.take(end, on: engine, at: now), reports.take(next, on: engine, at: now)
    )
    #expect(first.pid == 7 && second.pid == 8)
    let lost = AttemptEnd(TaskID(7), .first, in: SlotIndex(0), .lost, .itself)
    let known = reports.take(lost, on: engine, at: now)
    #expect(known.pid == -1 && known.elapsedNanoseconds == 300)
  }

  /// A stage that ends when it is told to.
  private final class Stage: EndStage {
    var calls: [String] = []
    var hasEnded = false
    var endDeadline: Instant?

    func beginEnd(at now: Instant, isHurried: Bool) { calls.append("begin \(isHurried)") }
    func lookAtEnd(at now: Instant) { calls.append("look") }
    func hurry(at now: Instant) { calls.append("hurry") }
  }

  @Test func `stages of the end begin one after another, and only the one at hand is hurried`() {
    let (first, second) = (Stage(), Stage())
    var ending = RunEnding([(.engines, first), (.rows, second)])
    let now = Instant(nanoseconds: 0)
    var begun: [RunEnding.Stage] = []
    ending.goOn(at: now, isHurried: false) { begun.append($0) }
    ending.hurry(at: now)
    #expect(begun == [.engines] && ending.stage == .engines)
    #expect(first.calls == ["begin false", "look", "hurry"] && second.calls.isEmpty)
    first.hasEnded = true
    second.endDeadline = Instant(nanoseconds: 5)
    ending.goOn(at: now, isHurried: true) { begun.append($0) }
    #expect(begun == [.engines, .rows] && ending.deadline == Instant(nanoseconds: 5))
    #expect(second.calls == ["begin true", "look"] && !ending.isOver)
    second.hasEnded = true
    ending.goOn(at: now, isHurried: true) { begun.append($0) }
    #expect(ending.isOver && ending.stage == nil && ending.deadline == nil)
  }
}
