import CLinux

/// The words that this process was started with.
package enum ProcessArguments {
  /// What this program was called by.
  package static var name: String {
    unsafe clinux_argument(0).map { unsafe SystemPath.text(at: $0) } ?? "disbatch"
  }

  /// All of them but the first, as `SystemText` has them.
  ///
  /// Swift's own list has other text for what is not UTF-8, and there is none where /proc is missing.
  package static var words: [String] {
    var words: [String] = []
    while let word = unsafe clinux_argument(Int32(words.count + 1)) {
      words.append(unsafe SystemPath.text(at: word))
    }
    return words
  }
}
