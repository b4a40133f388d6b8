import TaskLang

/// A variable with an item for each slot, between commas: `CUDA_VISIBLE_DEVICES=0,1,2,3`.
package struct ResourceVariable: Sendable, Hashable {
  /// Its name.
  package let name: String
  /// Its items; empty when the variable is not set.
  package let items: [String]

  /// Finds a variable in an environment of `NAME=value`.
  package init(_ name: String, in environment: [ContiguousArray<UInt8>]) {
    let start = SystemText.bytes(of: name + "=")
    let value = environment.first { $0.starts(with: start) }?.dropFirst(start.count)
    self.init(name, value: value.map { SystemText.text(of: $0) })
  }

  /// Takes a variable apart.
  package init(_ name: String, value: String?) {
    self.name = name
    items =
      value?.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0) } ?? []
  }

  /// What a slot finds in its environment; a command of the engine itself (-1) has the first item.
  package func setting(for slot: Int32) -> String {
    let index = max(0, Int(slot))
    return "\(name)=\(index < items.count ? items[index] : "")"
  }
}
