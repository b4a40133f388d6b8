/// How many files tasks write into which folder, for DB508.
///
/// Of the first folders the place is kept where each was written to first; of others that place is
/// taken where they have become too full, so that the memory stays small for a folder a task.
struct ShellFolderCounts: Sendable {
  /// Folders whose first place is kept.
  private static let placedFolders = 1000
  /// Folders that are counted at all.
  private static let knownFolders = 100_000
  /// Folders that are found at once, a power of two.
  private static let recentFolders = 16

  /// A folder that is found at once; it has its label.
  private struct Recent: Sendable {
    var hash: UInt64 = 0
    var index = -1
  }

  private let limit: Int
  private var counts: [Int] = []
  private var labels: [Int: Label] = [:]
  private var indices: [UInt64: Int] = [:]
  private var recent = [Recent](repeating: Recent(), count: recentFolders)

  /// Makes counts that allow this many files in one folder.
  init(limit: Int) { self.limit = limit }

  /// The folders with too many files: how many, and a place where one is written.
  var full: [(count: Int, label: Label)] {
    counts.indices.compactMap { index in
      guard counts[index] > limit, let label = labels[index] else { return nil }
      return (counts[index], label)
    }
  }

  /// Counts more files of a folder.
  ///
  /// - Parameters:
  ///   - files: How many.
  ///   - folder: The hash of the folder's name.
  ///   - label: Makes the label of the place; asked once for a folder at most.
  @inline(__always)
  mutating func count(_ files: Int, in folder: UInt64, at label: () -> Label) {
    let place = Int(truncatingIfNeeded: folder ^ (folder >> 32)) & (Self.recentFolders - 1)
    if recent[place].index >= 0, recent[place].hash == folder {
      counts[recent[place].index] += files
    } else {
      countUncommon(files, in: folder, place, at: label)
    }
  }

  /// Whether more files can be counted without a label.
  func canAdd(_ files: Int, to folder: UInt64) -> Bool {
    guard let index = indices[folder] else { return counts.count >= Self.knownFolders }
    return labels[index] != nil || counts[index] + files <= limit
  }

  /// Counts more files of a folder, after `canAdd`.
  mutating func add(_ files: Int, to folder: UInt64) {
    if let index = indices[folder] { counts[index] += files }
  }

  private mutating func countUncommon(
    _ files: Int,
    in folder: UInt64,
    _ place: Int,
    at label: () -> Label
  ) {
    let index: Int
    if let known = indices[folder] {
      index = known
    } else {
      guard counts.count < Self.knownFolders else { return }
      index = counts.count
      indices[folder] = index
      counts.append(0)
      if index < Self.placedFolders { labels[index] = label() }
    }
    counts[index] += files
    if labels[index] == nil, counts[index] > limit { labels[index] = label() }
    if labels[index] != nil { recent[place] = Recent(hash: folder, index: index) }
  }
}
