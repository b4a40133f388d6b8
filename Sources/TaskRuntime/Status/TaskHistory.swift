/// How the tasks of earlier runs ended, by id, from their status files.
///
/// Files are taken oldest first. A success wins over everything; of failures the latest counts. Rows
/// with Z are passed over, as are those of PERENGINE commands and barriers; rows with S count as
/// what they say, so that a chain of resumed runs loses nothing.
package struct TaskHistory: Sendable {
  /// What is known of one task.
  package struct Entry: Sendable, Hashable {
    package var returnCode: Int32
    /// Which of the files has its row.
    package var file: Int32
    /// Where the row starts in that file.
    package var offset: Int
    /// Its length in bytes, without the line's end.
    package var length: Int32

    fileprivate static let none = Entry(returnCode: 0, file: -1, offset: 0, length: 0)
  }

  private var dense: ContiguousArray<Entry> = []
  private var sparse: [Int: Entry] = [:]
  /// Tasks that are known.
  package private(set) var count = 0

  package init() {}

  /// What is known of a task.
  package subscript(id: Int) -> Entry? {
    if id >= 0, id < dense.count { return dense[id].file < 0 ? nil : dense[id] }
    return sparse[id]
  }

  /// Takes a row.
  package mutating func take(_ row: StatusRow, file: Int, offset: Int, length: Int) {
    switch row.kind {
    case .task, .skipped: break
    case .perEngine, .uncounted, .barrier: return
    }
    let known = self[row.id]
    if let known, known.returnCode == 0, row.returnCode != 0 { return }
    put(
      Entry(
        returnCode: Int32(clamping: row.returnCode),
        file: Int32(file),
        offset: offset,
        length: Int32(clamping: length)
      ),
      at: row.id
    )
  }

  /// Ids are nearly always dense; one far off must not cost the memory of those between.
  mutating func put(_ entry: Entry, at id: Int) {
    if self[id] == nil { count += 1 }
    if id >= 0, id < dense.count {
      dense[id] = entry
    } else if id >= 0, id < 1 << 16 || id / 4 < count {
      dense.append(
        contentsOf: repeatElement(.none, count: max(id + 1, dense.count * 2) - dense.count)
      )
      for (other, moved) in sparse where other >= 0 && other < dense.count {
        dense[other] = moved
      }
      sparse = sparse.filter { $0.key < 0 || $0.key >= dense.count }
      dense[id] = entry
    } else {
      sparse[id] = entry
    }
  }

  /// The first known task in a range of ids that meets a condition.
  ///
  /// - Complexity: O(known tasks), however large the range.
  package func firstID(from first: Int, to end: Int, where meets: (Entry) -> Bool) -> Int? {
    let inDense = max(0, first)..<max(0, first, min(end, dense.count))
    if let id = inDense.first(where: { dense[$0].file >= 0 && meets(dense[$0]) }) { return id }
    var least: Int?
    for (id, entry) in sparse where id >= first && id < end && meets(entry) {
      least = min(least ?? id, id)
    }
    return least
  }

  /// Hands on every known task, those of ordinary ids in ascending order.
  func forEach<Failure: Error>(
    _ body: (Int, Entry) throws(Failure) -> Void
  ) throws(Failure) {
    for id in dense.indices where dense[id].file >= 0 { try body(id, dense[id]) }
    for (id, entry) in sparse.sorted(by: { $0.key < $1.key }) { try body(id, entry) }
  }

  /// All ids, in ascending order.
  package var ids: some Sequence<Int> {
    let known = dense.indices.lazy.filter { dense[$0].file >= 0 }
    return Array(known) + sparse.keys.sorted()
  }
}
