/// Hosts and their core counts, as `-s` and DISBATCH_SSH_NODELIST name them: `host:7,other:3`.
package struct HostSpec: Hashable, Sendable {
  /// One host.
  package struct Item: Hashable, Sendable {
    package var host: String
    package var cores: Int

    package init(host: String, cores: Int) {
      self.host = host
      self.cores = cores
    }
  }

  /// The hosts in the order of their first mention.
  package var items: [Item] = []
  /// Hosts that were named more than once; their counts are summed.
  package var repeated: [String] = []

  /// Reads the lists.
  ///
  /// - Parameter lists: Each a list with commas.
  /// - Throws: `RunError` with the item that is none.
  package init(_ lists: [String]) throws(RunError) {
    for item in lists.flatMap({ $0.split(separator: ",") }) {
      let text = item.trimmingBlanks()
      if text.isEmpty { continue }
      guard let colon = text.lastIndex(of: ":"), colon != text.startIndex,
        let cores = Int(text[text.index(after: colon)...].trimmingBlanks())
      else {
        throw RunError.usage("'\(text)' in the list of hosts is not HOST:CORECOUNT")
      }
      guard cores > 0 else {
        throw RunError.usage(
          "'\(text)' in the list of hosts has no cores: CORECOUNT is a whole number from 1 on"
        )
      }
      add(Item(host: String(text[..<colon]), cores: cores))
    }
    guard !items.isEmpty else { throw RunError.usage("the list of hosts names none") }
  }

  private mutating func add(_ item: Item) {
    guard let index = items.firstIndex(where: { $0.host == item.host }) else {
      return items.append(item)
    }
    items[index].cores += item.cores
    repeated.append(item.host)
  }
}

extension Substring {
  fileprivate func trimmingBlanks() -> Substring {
    var result = drop { $0 == " " || $0 == "\t" }
    while let last = result.last, last == " " || last == "\t" { result.removeLast() }
    return result
  }
}
