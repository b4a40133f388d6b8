import Glibc

/// Single variables of this process's environment.
package enum EnvironmentVariable {
  /// The value of a variable; `nil` when it is not set.
  package static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
