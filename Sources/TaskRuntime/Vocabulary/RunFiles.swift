import Glibc
import TaskLang

/// The names of a run's files.
package struct RunFiles: Hashable, Sendable {
  /// What they all start with, absolute.
  package let prefix: String
  /// The name of the run: the last part of the prefix.
  package var jobID: String { PathText.name(of: prefix) }

  package var status: String { prefix + "_status.txt" }
  /// What tells a later run of processes that this one left, when it was cut off.
  package var marks: String { prefix + "_run.txt" }
  package var driverLog: String { prefix + "_driver.log" }

  package func contextLog(_ label: String) -> String { "\(prefix)_\(label).context.log" }

  package func engineLog(_ label: String, node: String, rank: Int32) -> String {
    "\(prefix)_\(label)_\(node)_engine_\(rank).log"
  }

  /// Takes a prefix as it is.
  package init(prefix: String) {
    self.prefix = prefix
  }

  /// Takes the prefix from the name of a status file, also of one that was renamed with a number.
  ///
  /// - Returns: `nil` for a name that is not of our making.
  package init?(statusFile path: String) {
    let ending = "_status.txt"
    var stem = path[...]
    if !stem.hasSuffix(ending), let dot = stem.lastIndex(of: "."),
      Int(stem[stem.index(after: dot)...]) != nil
    {
      stem = stem[..<dot]
    }
    guard stem.hasSuffix(ending) else { return nil }
    prefix = String(stem.dropLast(ending.count))
  }

  /// Makes the prefix from what `-p` says.
  ///
  /// - Parameters:
  ///   - option: A folder, or a folder and the start of names.
  ///   - name: Name of the task file.
  ///   - wallNanoseconds: The time, for names of our own making.
  ///   - random: Gives numbers from 0 to 999 for them.
  /// - Throws: `RunError` when there is no such folder.
  package init(
    option: String,
    name: String,
    wallNanoseconds: Int64,
    random: () -> Int
  ) throws(RunError) {
    let path = FileSystem.realPath(option)
    if FileSystem.isDirectory(path) {
      let folder = path == "/" ? "" : path
      let stamp = Self.stamp(wallNanoseconds)
      // Two runs within a second differ by their number.
      for _ in 0..<1000 {
        let number = String(random() % 1000)
        let padded = String(repeating: "0", count: 3 - number.count) + number
        let files = RunFiles(prefix: "\(folder)/\(name)_disBatch_\(stamp)_\(padded)")
        if (try? FileSystem.status(of: files.status)) == nil {
          self = files
          return
        }
      }
      throw RunError.usage("\(path) has no room for another run of \(name) in this second")
    }
    let isFolderMeant = option.utf8.last == UInt8(ascii: "/")
    let folder = isFolderMeant ? path : PathText.folder(of: path) ?? path
    guard !isFolderMeant, FileSystem.isDirectory(folder) else {
      throw RunError.usage(Self.absence(of: folder))
    }
    prefix = path
  }

  /// Why a folder cannot be used; the reference's sentence where it is not there.
  private static func absence(of folder: String) -> String {
    do throws(Errno) {
      _ = try FileSystem.status(of: folder)
    } catch {
      if error != .noSuchFile { return "Directory \(folder) cannot be used: \(error.text)" }
    }
    return "Directory \(folder) does not exist."
  }

  /// The local time as `yymmddHHMMSS`.
  private static func stamp(_ wallNanoseconds: Int64) -> String {
    var seconds = time_t(wallNanoseconds / 1_000_000_000)
    var parts = unsafe tm()
    _ = unsafe localtime_r(&seconds, &parts)
    var digits: ContiguousArray<UInt8> = []
    let fields = unsafe [
      parts.tm_year % 100, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
      parts.tm_sec,
    ]
    for field in fields { digits.appendDecimal(Int64(field), width: 2) }
    return String(decoding: digits, as: UTF8.self)
  }
}
