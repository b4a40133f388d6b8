/// A token of the shell's grammar.
struct ShellToken: Sendable {
  /// Which token.
  enum Kind: UInt8, Sendable {
    case start, end
    case word, assignmentWord, redirectionWord, number
    case semicolon, ampersand, pipe, andAnd, orOr, pipeAmpersand
    case semicolonSemicolon, semicolonAmpersand, semicolonSemicolonAmpersand
    case openParen, closeParen
    case less, greater, lessLess, lessLessDash, lessLessLess, greaterGreater
    case lessAmpersand, greaterAmpersand, lessGreater, greaterPipe
    case ampersandGreater, ampersandGreaterGreater, dash
    case ifWord, thenWord, elseWord, elifWord, fiWord, caseWord, esacWord, forWord, selectWord
    case whileWord, untilWord, doWord, doneWord, functionWord, coprocWord, inWord
    case bang, time, timeOption, timeIgnore
    case openBrace, closeBrace, conditionStart, conditionEnd
    case arithmeticCommand, arithmeticFor, dollarParen
  }

  var kind: Kind
  var start: Int
  var end: Int
  /// The node of a word; -1 for other tokens.
  var node: Int32 = -1

  var range: Range<Int> { start..<end }
}

extension ShellToken.Kind {
  /// Whether a reserved word may follow this token.
  var allowsReservedWord: Bool {
    switch self {
    case .start, .semicolon, .openParen, .closeParen, .pipe, .ampersand, .openBrace, .closeBrace,
      .andAnd, .arithmeticCommand, .bang, .pipeAmpersand, .conditionEnd, .doWord, .doneWord,
      .elifWord, .elseWord, .esacWord, .fiWord, .ifWord, .orOr, .semicolonSemicolon,
      .semicolonAmpersand, .semicolonSemicolonAmpersand, .thenWord, .time, .timeOption,
      .timeIgnore, .coprocWord, .untilWord, .whileWord, .dollarParen:
      true
    default: false
    }
  }

  /// Whether `time` behind this token is the reserved word.
  var allowsTime: Bool {
    switch self {
    case .start, .semicolon, .andAnd, .orOr, .ampersand, .whileWord, .doWord, .untilWord, .ifWord,
      .thenWord, .elifWord, .elseWord, .openBrace, .openParen, .closeParen, .bang, .time,
      .timeOption, .timeIgnore:
      true
    default: false
    }
  }

  /// Whether it is an operator of a redirection behind which bash knows that a file name comes.
  var isRedirectionOperator: Bool {
    switch self {
    case .less, .greater, .greaterGreater, .greaterPipe, .lessGreater, .lessLessDash, .lessLess,
      .lessLessLess, .lessAmpersand, .greaterAmpersand, .ampersandGreater:
      true
    default: false
    }
  }

  /// Whether a redirection may begin with it.
  var startsRedirection: Bool {
    isRedirectionOperator || self == .ampersandGreaterGreater || self == .number
      || self == .redirectionWord
  }

  /// Whether a command, or a pipeline with `!` or `time`, may begin with it.
  var startsCommand: Bool {
    switch self {
    case .word, .assignmentWord, .ifWord, .forWord, .caseWord, .whileWord, .untilWord,
      .selectWord, .functionWord, .coprocWord, .openBrace, .openParen, .arithmeticCommand,
      .conditionStart, .bang, .time:
      true
    default: startsRedirection
    }
  }
}
