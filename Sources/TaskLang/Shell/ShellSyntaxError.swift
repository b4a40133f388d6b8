/// Why bash would not parse a command, and where.
package struct ShellSyntaxError: Sendable, Hashable {
  /// What went wrong.
  package enum Reason: Sendable, Hashable {
    /// A quote, paren, brace or backtick has no partner; `opener` is where it stands.
    case unclosed
    /// A token that cannot stand where it does.
    case unexpected
    /// The text ends inside a construct, or behind an operator that needs a right side.
    case unexpectedEnd
    /// `for (( ))` without its two semicolons.
    case loopHead
    /// Nonsense between `[[` and `]]`: bash says so, runs nothing, and ends with status 0.
    case condition
  }

  package var reason: Reason
  /// The bytes at fault in the joined text; empty at the end of the text.
  package var range: Range<Int>
  /// What was open: the quote, paren, brace or reserved word.
  package var opener: Range<Int>?

  package init(reason: Reason, range: Range<Int>, opener: Range<Int>?) {
    self.reason = reason
    self.range = range
    self.opener = opener
  }
}

/// How the parsing of a command ends early.
enum ShellStop: Error {
  /// Bash would say error.
  case syntax(ShellSyntaxError)
  /// Too deep or too odd to say anything about.
  case gaveUp(ShellDoubt)
}

/// Why the parser has no opinion on a command's syntax; Docs/shell-syntax.md has an example of each.
package enum ShellDoubt: Sendable, Hashable, CaseIterable {
  /// Nested too deeply to follow, or `((` that turned out to be two parens too often.
  case nesting
  /// Too long to be run.
  case length
  /// A NUL, which no command can hold.
  case nul
  /// Bash says nothing, runs nothing, and ends with status 0.
  case silentError
  /// Behind parens into which bash takes the state of its lexer along.
  case carriedState
  /// Behind a `\` that joins a line which is not there.
  case trailingBackslash
  /// Behind an element of an array that bash prints and parses again.
  case printedArray
}

/// What is known of a command's syntax.
package enum ShellVerdict: Sendable, Hashable {
  /// Bash parses it, or at least nothing here shows that it does not.
  case accepted
  /// Bash does not parse it.
  case rejected(ShellSyntaxError)
  /// No opinion.
  case unknown(ShellDoubt)
}
