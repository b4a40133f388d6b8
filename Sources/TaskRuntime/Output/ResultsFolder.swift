/// How the files of kept results are called: `DIR/00012/00012345.out`, `.err`, `00012345.2.out`.
///
/// A subfolder has the files of 1,000 tasks. Numbers are padded, so that names sort as ids do up to
/// 100 million; larger ids have longer names. The first attempt has no number in its name.
package struct ResultsFolder: Hashable, Sendable {
  /// Tasks of one subfolder.
  package static let tasksPerFolder: Int64 = 1000

  /// Which file of a task it is.
  package struct Name: Hashable, Sendable {
    package var task: Int64
    /// Counts attempts, those of earlier runs into the same folder included; from 1.
    package var number: Int
    package var stream: OutputStream

    package init(task: Int64, number: Int, stream: OutputStream) {
      self.task = task
      self.number = number
      self.stream = stream
    }
  }

  /// The folder, without a slash at its end.
  package let path: String

  /// Takes the folder of this path.
  package init(_ path: String) {
    self.path = path
  }

  /// The name of a task's subfolder.
  package static func subfolderName(of task: Int64) -> String {
    padded(task / tasksPerFolder, 5)
  }

  /// The subfolder of a task.
  package func subfolder(of task: Int64) -> String {
    "\(path)/\(Self.subfolderName(of: task))"
  }

  /// The path of a file.
  package func file(_ name: Name) -> String {
    let number = name.number == 1 ? "" : ".\(name.number)"
    return "\(subfolder(of: name.task))/\(Self.padded(name.task, 8))\(number).\(name.stream.name)"
  }

  /// Reads a file's name without its folder; `nil` for one that is none of ours.
  package static func name(_ text: String) -> Name? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let stream = OutputStream(name: parts.last ?? ""),
      let task = number(parts[0]), parts[0] == padded(task, 8)
    else { return nil }
    if parts.count == 2 { return Name(task: task, number: 1, stream: stream) }
    guard let number = number(parts[1]), number > 1, number < 1 << 31, parts[1] == "\(number)"
    else {
      return nil
    }
    return Name(task: task, number: Int(number), stream: stream)
  }

  /// The files of a subfolder.
  package func names(in subfolder: String) -> [Name] {
    FileSystem.names(in: "\(path)/\(subfolder)").compactMap(Self.name)
  }

  /// The names of the subfolders that are there, in the order of their tasks.
  package var subfolders: [String] {
    FileSystem.names(in: path)
      .compactMap { name in Self.number(name[...]).map { (name, $0) } }
      .filter { $0.0 == Self.padded($0.1, 5) }
      .sorted { $0.1 < $1.1 }
      .map(\.0)
  }

  private static func number(_ digits: Substring) -> Int64? {
    digits.utf8.allSatisfy { 48...57 ~= $0 } ? Int64(digits) : nil
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    var digits: ContiguousArray<UInt8> = []
    digits.appendDecimal(value, width: width)
    return String(decoding: digits, as: UTF8.self)
  }
}
