import TestSupport

/// Bash commands on one line, right and wrong: a seed decides which.
///
/// A third is grown from a grammar, a third is real lines with a few bytes changed, a third is
/// tokens in a row.
struct CommandGenerator {
  private var random: SplitMix
  private let seeds: [[UInt8]]

  init(seed: UInt64, seeds: [[UInt8]]) {
    random = SplitMix(seed: seed)
    self.seeds = seeds
  }

  /// The next command; it has neither NUL nor line breaks.
  mutating func next() -> [UInt8] {
    var bytes: [UInt8]
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes = mutated(Array(list(4).utf8), rarely: true)
    case 1: bytes = mutated(random.pick(seeds), rarely: false)
    default: bytes = tokens()
    }
    bytes.removeAll { $0 == 0 || $0 == 0x0A || $0 == 0x0D }
    return bytes
  }

  private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

  private static let pieces: [String] = [
    "a", "b ", "1", "12", "x=", "x+=", "x[1]=", "=", "'", "\"", "`", "\\", "$", "$(", "${", "$((",
    "$[", "(", ")", "((", "))", "{", "}", " { ", "; }", "[", "]", " [[ ", " ]] ", ";", ";;", ";&",
    "&",
    "&&", "|", "||", "|&", "<", ">", ">>", "<<", "<<<", "<<-", ">&", "<&", "<>", ">|", "&>", "&>>",
    "<(",
    ">(", "-", "!", " ! ", "#", " #", " ", " ", "\t", " if ", " then ", " else ", " elif ", " fi ",
    " for ", " in ", " do ", " done ", " while ", " until ", " case ", " esac ", " select ",
    " function ", " coproc ", " time ", " -p ", " -- ", "~", "*", "?", "@(", "+(", "!(", "$'",
    "$\"", "$$",
    "$x", "${x}", "{a,b}", "{fd}>", "2>", "2>&1", "export ", "declare ", "eval ", "let ", "a=(",
    "f() ",
    ":", ",", "%", "^", "/", "==", "=~", "!=", " -f ", " -eq ", "\u{e9}", "\u{b}", "EOF",
  ]

  private mutating func tokens() -> [UInt8] {
    var text = ""
    for _ in 0..<Int.random(in: 1...12, using: &random) { text += random.pick(Self.pieces) }
    return Array(text.utf8)
  }

  private mutating func mutated(_ seed: [UInt8], rarely: Bool) -> [UInt8] {
    var bytes = seed
    if rarely, !chance(3) { return bytes }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 1...4, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.removeSubrange(at..<end)
      case 1: bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
      case 2: bytes = Array(bytes[..<at])
      case 3: bytes = Array(bytes[at...])
      case 4:
        let other = random.pick(seeds)
        bytes = Array(bytes[..<at]) + other[Int.random(in: 0...other.count, using: &random)...]
      default: bytes.insert(contentsOf: Array(random.pick(Self.pieces).utf8), at: at)
      }
    }
    return bytes
  }

  private mutating func list(_ depth: Int) -> String {
    var text = pipeline(depth)
    while chance(3) {
      text += random.pick([" ; ", " && ", " || ", " & ", ";", "&&"]) + pipeline(depth)
    }
    if chance(6) { text += random.pick([";", " &", " ;"]) }
    return text
  }

  private mutating func pipeline(_ depth: Int) -> String {
    var text = chance(12) ? random.pick(["! ", "time ", "time -p "]) : ""
    text += command(depth)
    while chance(5) { text += random.pick([" | ", "|", " |& "]) + command(depth) }
    return text
  }

  private mutating func command(_ depth: Int) -> String {
    if depth <= 0 || !chance(3) { return simple(depth) }
    let inner = depth - 2
    let text: String =
      switch Int.random(in: 0..<14, using: &random) {
      case 0: "( " + list(inner) + " )"
      case 1: "(" + list(inner) + ")"
      case 2: "{ " + list(inner) + "; }"
      case 3: "if " + list(inner) + "; then " + list(inner) + "; fi"
      case 4:
        "if " + list(inner) + "; then " + list(inner) + "; elif " + list(inner) + "; then "
          + list(inner) + "; else " + list(inner) + "; fi"
      case 5: "for " + name() + " in " + word(inner) + "; do " + list(inner) + "; done"
      case 6: "while " + list(inner) + "; do " + list(inner) + "; done"
      case 7:
        "case " + word(inner) + " in " + word(0) + ") " + list(inner) + ";; (" + word(0) + "|"
          + word(0) + ") " + list(inner) + " ;; esac"
      case 8: "[[ " + condition(inner) + " ]]"
      case 9: "((" + arithmetic(inner) + "))"
      case 10: name() + "() { " + list(inner) + "; }"
      case 11: "for ((" + name() + "=0;" + arithmetic(0) + ";)); do " + list(inner) + "; done"
      case 12: "function " + name() + " { " + list(inner) + "; }"
      default: "coproc " + random.pick(["", "N "]) + "{ " + list(inner) + "; }"
      }
    return text + (chance(4) ? redirection(inner) : "")
  }

  private mutating func simple(_ depth: Int) -> String {
    var text = ""
    while chance(5) { text += name() + random.pick(["=", "+=", "[2]="]) + word(depth) + " " }
    if chance(14) { text += redirection(depth) + " " }
    text +=
      chance(20)
      ? random.pick(["export ", "declare -a ", "eval "]) + name() + "=(a b)" : word(depth)
    while !chance(3) { text += " " + word(depth) }
    if chance(12) { text += " " + name() + "=(" + word(0) + " [1]=" + word(0) + ")" }
    while chance(4) { text += redirection(depth) }
    return text
  }

  private mutating func redirection(_ depth: Int) -> String {
    random.pick([" ", "", " 2", " {fd}"])
      + random.pick([">", ">>", "<", ">|", "<>", "&>", "<<<", ">&", "&>>", "<<"])
      + random.pick([" ", ""]) + (chance(5) ? random.pick(["1", "-", "2-"]) : word(depth))
  }

  private mutating func name() -> String {
    random.pick(["a", "x_1", "DISBATCH_TASKID", "_", "if"])
  }

  private mutating func arithmetic(_ depth: Int) -> String {
    random.pick([
      "1", "a+1", "(a)*(b)", "x[1]++", "$x", "a<b", "'1'", "$(echo 1)", "1 ? 2 : 3", "16#ff", "",
    ])
  }

  private mutating func condition(_ depth: Int) -> String {
    let term = random.pick([
      "-f " + word(0), word(0), word(0) + " == " + word(depth), "! " + word(0),
      word(0) + " -lt " + word(0), word(0) + " =~ (" + name() + "|b)+$", "( " + word(0) + " )",
      word(0) + " < " + word(0), word(0) + " == @(a|" + name() + ")",
    ])
    return chance(3) ? term + random.pick([" && ", " || "]) + condition(depth) : term
  }

  private mutating func word(_ depth: Int) -> String {
    var text = ""
    repeat {
      switch Int.random(in: 0..<(depth > 0 ? 16 : 9), using: &random) {
      case 0:
        text += random.pick(["a", "run", "-x", "5", "if", "in", "x=1", "file.txt", "/dev/null"])
      case 1: text += "'" + random.pick(["", "q", "a b", "$x", "\"", "#(;"]) + "'"
      case 2: text += "\"" + random.pick(["", "q", "a b", "$x", "'", "${y}", "\\\"", "#(;"]) + "\""
      case 3: text += "\\" + random.pick(["a", " ", ";", "'", "\"", "\\", "$"])
      case 4:
        text += "$" + random.pick(["x", "{x}", "1", "?", "@", "$", "{x:-a}", "{#x}", "{x[1]}", ""])
      case 5: text += random.pick(["*", "?", "{a,b}", "~", "[a-z]", "a#b", "a=b", "%", "!"])
      case 6: text += "$'" + random.pick(["\\'", "\\n", "x"]) + "'"
      case 9: text += "$(" + list(depth - 2) + ")"
      case 10: text += "`" + random.pick(["ls", "echo a b", "a \\`b\\`"]) + "`"
      case 11: text += "$((" + arithmetic(depth - 2) + "))"
      case 12: text += "\"" + word(depth - 2) + "\""
      case 13:
        text += "${x" + random.pick([":-", "%", "/", "##", ":", "^"]) + word(depth - 2) + "}"
      case 14: text += random.pick(["<(", ">("]) + list(depth - 2) + ")"
      case 15: text += "\"a $(" + list(depth - 2) + ")\""
      default: text += random.pick(["abc", "b1", "x.y", "--opt"])
      }
    } while chance(4)
    return text
  }
}
