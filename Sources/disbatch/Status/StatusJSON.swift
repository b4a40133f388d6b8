import TaskLang
import TaskRuntime

/// A digest of status files as one JSON object; times in seconds.
enum StatusJSON {
  /// Appends the object and a line end.
  static func append(_ archive: StatusArchive, _ digest: StatusDigest, to out: inout [UInt8]) {
    let failed = archive.failedIDs
    let lost = failed.filter { archive.history[$0]?.returnCode == -100 }.count
    JSONWriter.beginObject(to: &out)
    number("done", archive.history.count - failed.count, &out)
    number("failed", failed.count - lost, &out)
    number("lost", lost, &out)
    JSONWriter.key("running", to: &out)
    JSONWriter.value(digest.isLive, to: &out)
    number("skipped", digest.skipped, &out)
    number("uncounted", digest.uncounted, &out)
    number("barriers", digest.barriers, &out)
    number("perengine", digest.perEngine, &out)
    number("perengineFailed", digest.perEngineFailed, &out)
    number("leakedBytes", digest.leakedBytes, &out)
    share(digest.all, &out)
    failures(archive, failed, &out)
    JSONWriter.key("nodes", to: &out)
    JSONWriter.beginArray(to: &out)
    for (name, node) in digest.nodes.sorted(by: { $0.key < $1.key }) {
      JSONWriter.beginObject(to: &out)
      text(StatusColumn.node.key, name, &out)
      number("tasks", node.tasks, &out)
      number("failed", node.failed, &out)
      share(node, &out)
      JSONWriter.endObject(to: &out)
    }
    JSONWriter.endArray(to: &out)
    stages(digest, &out)
    slowest(digest, &out)
    JSONWriter.endObject(to: &out)
    JSONWriter.endLine(to: &out)
  }

  private static func failures(
    _ archive: StatusArchive,
    _ failed: [Int],
    _ out: inout [UInt8]
  ) {
    var groups = FailureGroups()
    for id in failed {
      if let found = archive.history[id].flatMap({ archive.row(of: $0) }) { groups.take(found) }
    }
    JSONWriter.key("failures", to: &out)
    JSONWriter.beginArray(to: &out)
    for group in groups.sorted {
      JSONWriter.beginObject(to: &out)
      number(StatusColumn.returnCode.key, group.returnCode, &out)
      number("count", group.count, &out)
      text("message", group.message, &out)
      number("firstTask", group.firstID, &out)
      number("firstLine", group.firstLine, &out)
      text("firstCommand", String(decoding: group.firstCommand, as: UTF8.self), &out)
      JSONWriter.endObject(to: &out)
    }
    JSONWriter.endArray(to: &out)
  }

  private static func stages(_ digest: StatusDigest, _ out: inout [UInt8]) {
    JSONWriter.key("stages", to: &out)
    JSONWriter.beginArray(to: &out)
    for stage in digest.stages {
      JSONWriter.beginObject(to: &out)
      number("tasks", stage.share.tasks, &out)
      number("failed", stage.share.failed, &out)
      number("peak", stage.peak, &out)
      share(stage.share, &out)
      seconds("idleSeconds", stage.idle, &out)
      JSONWriter.endObject(to: &out)
    }
    JSONWriter.endArray(to: &out)
  }

  private static func slowest(_ digest: StatusDigest, _ out: inout [UInt8]) {
    JSONWriter.key("slowest", to: &out)
    JSONWriter.beginArray(to: &out)
    for task in digest.slowest {
      JSONWriter.beginObject(to: &out)
      number(StatusColumn.id.key, task.id, &out)
      number(StatusColumn.line.key, task.line, &out)
      seconds(StatusColumn.elapsed.key, task.elapsed, &out)
      text(StatusColumn.command.key, String(decoding: task.command, as: UTF8.self), &out)
      JSONWriter.endObject(to: &out)
    }
    JSONWriter.endArray(to: &out)
  }

  private static func share(_ share: StatusDigest.Share, _ out: inout [UInt8]) {
    seconds("wallSeconds", share.span, &out)
    seconds("taskSeconds", share.busy, &out)
  }

  private static func number(_ key: StaticString, _ value: Int, _ out: inout [UInt8]) {
    JSONWriter.key(key, to: &out)
    JSONWriter.value(value, to: &out)
  }

  private static func text(_ key: StaticString, _ value: String, _ out: inout [UInt8]) {
    JSONWriter.key(key, to: &out)
    JSONWriter.value(value, to: &out)
  }

  private static func seconds(_ key: StaticString, _ value: Seconds, _ out: inout [UInt8]) {
    JSONWriter.key(key, to: &out)
    JSONWriter.value(milliseconds: value.nanoseconds / 1_000_000, to: &out)
  }
}
