import TaskLang

/// JSON as the server writes it: objects, arrays and members behind the bytes already there.
extension [UInt8] {
  /// Appends an object.
  mutating func object(_ members: (inout [UInt8]) -> Void) {
    JSONWriter.beginObject(to: &self)
    members(&self)
    JSONWriter.endObject(to: &self)
  }

  /// Appends a member that is an object.
  mutating func object(_ key: StaticString, _ members: (inout [UInt8]) -> Void) {
    JSONWriter.key(key, to: &self)
    object(members)
  }

  /// Appends an array, an element for each of `elements`.
  mutating func array<Item>(
    _ elements: some Sequence<Item>,
    _ element: (Item, inout [UInt8]) -> Void
  ) {
    JSONWriter.beginArray(to: &self)
    for each in elements { element(each, &self) }
    JSONWriter.endArray(to: &self)
  }

  /// Appends a member that is an array.
  mutating func array<Item>(
    _ key: StaticString,
    _ elements: some Sequence<Item>,
    _ element: (Item, inout [UInt8]) -> Void
  ) {
    JSONWriter.key(key, to: &self)
    array(elements, element)
  }

  /// Appends a member that is an array of strings.
  mutating func array(_ key: StaticString, _ strings: [String]) {
    array(key, strings) { JSONWriter.value($0, to: &$1) }
  }

  /// Appends a member.
  mutating func member(_ key: StaticString, _ value: String) {
    JSONWriter.key(key, to: &self)
    JSONWriter.value(value, to: &self)
  }

  /// Appends a member.
  mutating func member(_ key: StaticString, _ value: Int) {
    JSONWriter.key(key, to: &self)
    JSONWriter.value(value, to: &self)
  }

  /// Appends a member.
  mutating func member(_ key: StaticString, _ value: Bool) {
    JSONWriter.key(key, to: &self)
    JSONWriter.value(value, to: &self)
  }

  /// Appends a member whose value is JSON already.
  mutating func member(_ key: StaticString, json value: [UInt8]) {
    JSONWriter.key(key, to: &self)
    append(contentsOf: value)
  }

  /// Appends a member whose name is not known before.
  mutating func member(named key: String, _ value: (inout [UInt8]) -> Void) {
    JSONWriter.value(key, to: &self)
    append(UInt8(ascii: ":"))
    value(&self)
  }

  /// The JSON `null`.
  static var null: [UInt8] { Array("null".utf8) }
}
