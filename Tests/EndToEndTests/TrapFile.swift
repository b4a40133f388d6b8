/// A task file of a differential test, and the names it has in a folder.
struct TrapFile: CustomStringConvertible {
  let name: String
  let bytes: [UInt8]

  /// The name of the task file.
  var tasks: String { name + ".tasks" }

  /// The name of the plan that the reference's script writes beside it.
  var plan: String { name + ".plan" }

  var description: String {
    "\(name): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
  }
}
