import TaskScheduler
import Testing

@Suite struct VerdictCheckerTests {
  @Test(arguments: verdictHistories + strikeHistories)
  func `a wrong verdict is complained about, at the history's last fact`(wrong: WrongHistory) {
    CheckerTests.expectComplaint(wrong)
  }
}

private let engine = EngineID(0)

private func reported(_ outcome: Outcome, _ cause: EndCause = .itself) -> Observation {
  .reported(engine, AttemptEnd(TaskID(0), .first, in: SlotIndex(0), outcome, cause))
}

private let held = Observation.held(TaskID(0), .first, engine, SlotIndex(0))

private func recorded(
  _ outcome: Outcome,
  _ cause: EndCause = .itself,
  counts: Bool = true
) -> Observation {
  .recorded(
    engine,
    AttemptEnd(TaskID(0), .first, in: SlotIndex(0), outcome, cause),
    counts: counts,
    RowNumber(1)
  )
}

private let verdictHistories: [WrongHistory] = {
  let checker = VerdictChecker(policy: Policy())
  var patient = Policy()
  patient.verdictDelay = Interval(nanoseconds: -1)
  let terminated = Outcome.signalled(15)
  return [
    WrongHistory(
      testDescription: "a verdict that did not wait",
      checker: checker,
      facts: [reported(terminated), recorded(terminated)]
    ),
    WrongHistory(
      testDescription: "a verdict that waited too long",
      checker: VerdictChecker(policy: patient),
      facts: [reported(terminated), held, recorded(terminated)]
    ),
    WrongHistory(
      testDescription: "a failure although the engine was told",
      checker: checker,
      facts: [reported(terminated), held, .told(engine, .hangup), recorded(terminated)]
    ),
    WrongHistory(
      testDescription: "a failure although the run was stopped",
      checker: checker,
      facts: [reported(.exited(143)), held, .stopped(.interrupt), recorded(.exited(143))]
    ),
    WrongHistory(
      testDescription: "a success after the engine was told",
      checker: checker,
      facts: [.told(engine, .terminate), reported(.exited(0)), recorded(.exited(0))]
    ),
    WrongHistory(
      testDescription: "an acquittal for no reason",
      checker: checker,
      facts: [reported(terminated), held, recorded(terminated, .ordered, counts: false)]
    ),
    WrongHistory(
      testDescription: "an acquittal by another message",
      checker: checker,
      facts: [
        reported(terminated), held, .told(engine, .user1),
        recorded(terminated, .ordered, counts: false),
      ]
    ),
    WrongHistory(
      testDescription: "a timeout that is taken for something else",
      checker: checker,
      facts: [reported(.signalled(9), .timedOut), recorded(.signalled(9))]
    ),
    WrongHistory(
      testDescription: "closed without a verdict",
      checker: SlotChecker(),
      facts: [held, .closed(.completed)]
    ),
  ]
}()

private let strikeHistories: [WrongHistory] = {
  let struck = Observation.struckShell(TaskID(0), .first, engine)
  return [
    WrongHistory(
      testDescription: "a failure by a signal that the engine got later",
      checker: StrikeChecker(Scenario()),
      facts: [struck, .struckEngine(engine, .terminate), recorded(.exited(143))]
    ),
    WrongHistory(
      testDescription: "a failure by a message that the engine got before",
      checker: StrikeChecker(Scenario()),
      facts: [.struckEngine(engine, .user2), struck, recorded(.signalled(12))]
    ),
  ]
}()
