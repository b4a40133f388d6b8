import TaskLang

/// Tells when a task failed because the folder of a file that it writes is not there.
///
/// It is asked only about tasks that failed as bash does then.
struct MissingFolderFinder {
  private var targets = CommandTargets()
  private var missing: Set<String> = []

  /// The folder whose absence kept a command from running.
  ///
  /// - Parameters:
  ///   - command: The command.
  ///   - error: What the task wrote to standard error, its ends.
  ///   - variable: The value of a variable in the task's environment.
  /// - Returns: the folder as the command names it; `nil` when that is not what happened.
  mutating func folder(
    for command: ContiguousArray<UInt8>,
    failingWith error: ContiguousArray<UInt8>,
    variable: (String) -> [UInt8]?
  ) -> String? {
    guard let told = Self.nameInMessage(error) else { return nil }
    for name in targets.names(in: command, variable: variable) {
      guard let slash = name.lastIndex(of: UInt8(ascii: "/")), slash > 0,
        Self.agrees(told, with: name[...])
      else { continue }
      let folder = SystemText.text(of: name[..<slash])
      if missing.contains(folder) { return folder }
      do throws(Errno) {
        _ = try FileSystem.status(of: folder)
      } catch .noSuchFile {
        if missing.count < 1000 { missing.insert(folder) }
        return folder
      } catch {
        return nil
      }
    }
    return nil
  }

  /// What stands in bash's message where a file's name does: `/bin/bash: line 1: logs/x: No such...`.
  ///
  /// The words differ from language to language, their places do not. The beginning of a long message
  /// is all there is.
  private static func nameInMessage(
    _ error: ContiguousArray<UInt8>
  ) -> ContiguousArray<UInt8>.SubSequence? {
    var rest = error.prefix(OutputSnippet.edge)
    guard rest.starts(with: "/bin/bash: ".utf8) else { return nil }
    for _ in 0..<2 {
      let colon = rest.indices.first {
        rest[$0] == UInt8(ascii: ":") && $0 + 1 < rest.endIndex
          && rest[$0 + 1] == UInt8(ascii: " ")
      }
      guard let colon else { return nil }
      rest = rest[(colon + 2)...]
    }
    return rest.isEmpty ? nil : rest
  }

  private static func agrees(
    _ told: ContiguousArray<UInt8>.SubSequence,
    with name: ArraySlice<UInt8>
  ) -> Bool {
    if told.count <= name.count { return name.starts(with: told) }
    return told.starts(with: name) && told.dropFirst(name.count).first == UInt8(ascii: ":")
  }
}
