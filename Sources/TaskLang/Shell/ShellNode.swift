/// What one node of a shell tree stands for.
package enum ShellNodeKind: UInt8, Sendable, Hashable {
  /// Pipelines with the operators between them. Children: `pipeline`.
  case list
  /// Commands with `|` or `|&` between them. Children: commands.
  case pipeline
  /// A command of assignments, words and redirections, in the order written.
  case simple
  /// `( list )`.
  case subshell
  /// `{ list; }`.
  case group
  /// `if`, its lists in order.
  case ifClause
  /// `for`, words and a list.
  case forClause
  /// `select`, words and a list.
  case selectClause
  /// `while` or `until`, two lists.
  case whileClause
  /// `case`, a word, then patterns and lists.
  case caseClause
  /// `[[ ]]`; children are its operands.
  case condition
  /// `(( ))` as a command, or the head of an arithmetic `for`.
  case arithmeticCommand
  /// `f() body` or `function f body`.
  case function
  /// `coproc`.
  case coprocess
  /// A word; the bytes that no child covers are literal.
  case word
  /// A word that assigns: `name=value`.
  case assignment
  /// `> file` and its like; a child is the target.
  case redirection
  /// `'...'`.
  case singleQuoted
  /// `"..."` or `$"..."`.
  case doubleQuoted
  /// `$'...'`.
  case ansiQuoted
  /// `\` and the byte behind it.
  case escape
  /// `$name`, `${name...}`, `$1`, `$?`; `detail` is the offset of the name.
  case parameter
  /// `$( )`; a child is its list, unless it starts with `((`.
  case commandSubstitution
  /// `` ` ` ``, not looked into except for parameters.
  case backquoted
  /// `$(( ))` or `$[ ]`.
  case arithmetic
  /// `<( )` or `>( )`.
  case processSubstitution
  /// `( ... )` behind `name=`; children are words.
  case arrayValue
  /// `[ ... ]` behind a name that is assigned to.
  case subscriptGroup
  /// `#` and all behind it.
  case comment
}

/// One node of a shell tree: a stretch of the joined text and links to its neighbours.
///
/// Nodes live in one array that a parser uses again for the next command; an index of -1 is none.
package struct ShellNode: Sendable, Hashable {
  /// What it stands for.
  package var kind: ShellNodeKind
  /// What the kind alone does not say: the operator behind a pipeline or a command of one, the
  /// operator of a redirection, whether a parameter is in braces.
  package var mark: ShellMark = .none
  /// Its first byte.
  package var start: Int32
  /// Behind its last byte.
  package var end: Int32
  /// A place within: the operator for what `mark` names, the name of a parameter, the operator of a
  /// redirection.
  package var detail: Int32 = -1
  package var firstChild: Int32 = -1
  package var lastChild: Int32 = -1
  package var nextSibling: Int32 = -1

  /// The bytes it covers.
  package var range: Range<Int> { Int(start)..<Int(end) }
}

/// A small fact about a node.
package enum ShellMark: UInt8, Sendable, Hashable {
  case none
  // Behind a pipeline of a list, or behind a command of a pipeline.
  case semicolon, ampersand, and, or, pipe, pipeBoth
  // Redirections.
  case input, output, append, clobber, readWrite, duplicateInput, duplicateOutput
  case both, appendBoth, hereDocument, hereString
  // Pipelines that `!` or `time` begins stand as they are; only `!` matters to a rule.
  case negated
  // Parameters.
  case braced
}
