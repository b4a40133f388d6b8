import Glibc

/// Single variables of this process's environment.
package enum EnvironmentVariable {
  /// The value of a variable, as `SystemText` has it; `nil` when it is not set.
  package static func value(_ name: String) -> String? {
    let value = try? unsafe SystemPath.lend(name) { (lent) throws(Errno) in
      unsafe getenv(lent).map { unsafe SystemPath.text(at: $0) }
    }
    return value ?? nil
  }
}
