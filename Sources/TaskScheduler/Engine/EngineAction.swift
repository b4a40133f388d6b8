/// Everything an engine can ask for, to be done in order.
package enum EngineAction: Hashable, Sendable {
  /// Run the task's command in this slot.
  case spawnTask(TaskID, Attempt, SlotIndex)

  /// Run this PERENGINE command.
  case spawnPerEngine(PerEngineMoment, index: Int32)

  /// Send a signal to all processes of a slot's task, and say `treeEnded` when there is none left.
  case signalTree(SlotIndex, EndMode)

  /// The same for the PERENGINE command that runs.
  case signalPerEngine(EndMode)

  /// Say `leftoversEnded` when nothing runs any more that tasks left behind when they ended.
  case awaitLeftovers

  /// Kill every process below this one until there is none, then say `everythingEnded`.
  case killEverything

  /// Tell the driver that a task ended.
  case reportTaskEnded(AttemptEnd)

  /// Tell the driver that a PERENGINE command ended.
  case reportPerEngineEnded(PerEngineEnd)

  /// Tell the driver that the last of them ended.
  case reportPerEngineDone(PerEngineMoment)

  /// Tell the driver of a signal from somebody else.
  case reportTold(EndSignal)

  /// Tell the driver that nothing runs here any more.
  case reportLeft

  /// Hand in `time` at this moment; replaces the moment asked for before.
  case wake(at: Instant)

  /// The last action, given once.
  case exit(EngineExit)
}
