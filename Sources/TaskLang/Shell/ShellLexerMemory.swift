/// What bash's lexer remembers between tokens: it decides by this what a word means.
struct ShellLexerMemory: Sendable {
  /// The token before the one being read.
  var last = ShellToken.Kind.start
  /// The token before that.
  var beforeLast = ShellToken.Kind.start
  /// Whether a pattern of `case` is awaited, where only `esac` is reserved.
  var isInCasePattern = false
  /// Whether `]]` is a token.
  var isInCondition = false
  /// Whether `@(` and its like begin a pattern.
  var readsPattern = false
  /// Whether the word is the right side of `=~`.
  var readsRegularExpression = false
  /// Whether an argument may be `name=( )`, as behind `export`.
  var allowsArrayArguments = false
  /// Whether the simple command has had nothing but redirections so far.
  var hasOnlyRedirections = false
  /// Whether the words are elements of `name=( )`.
  var isInArray = false
  /// `{` that are open.
  var openBraces = 0
  /// `for`, `select` and `case` whose `in` has not come.
  var awaitedIns = 0
  /// Whether the awaited `in` is that of a `case`.
  var isInCaseHead = false

  /// Whether a reserved word may stand here.
  var allowsReservedWord: Bool {
    if last.allowsReservedWord { return true }
    return last == .word && (beforeLast == .coprocWord || beforeLast == .functionWord)
  }

  /// Whether a word with `=` assigns here.
  var allowsAssignment: Bool {
    if isInCasePattern { return false }
    if last == .assignmentWord { return true }
    if hasOnlyRedirections && !last.isRedirectionOperator { return true }
    switch last {
    case .semicolonSemicolon, .semicolonAmpersand, .semicolonSemicolonAmpersand: return false
    default: return allowsReservedWord
    }
  }
}
