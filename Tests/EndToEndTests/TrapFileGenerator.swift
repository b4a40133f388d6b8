import TestSupport

/// Task files full of what the reference's patterns take in unexpected ways; a seed decides which.
///
/// Lines are put together from words and blanks rather than taken from a list, so that every near
/// miss of a directive comes up: wrong case, wrong blank, missing number, words in another order.
/// Numbers stay below 2^63 and counts small, since both sides are compared item by item.
struct TrapFileGenerator {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// The bytes of the next file.
  mutating func file() -> [UInt8] {
    var bytes: [UInt8] = chance(40) ? [0xEF, 0xBB, 0xBF] : []
    let isTidy = chance(3)
    for _ in 0..<Int.random(in: 0...16, using: &random) {
      var line = Array(self.line().utf8)
      if chance(25) { insertOddByte(into: &line) }
      bytes += line
      bytes += isTidy ? [0x0A] : lineEnd()
    }
    if chance(4), !bytes.isEmpty { bytes.removeLast() }
    return bytes
  }

  private mutating func chance(_ oneIn: Int) -> Bool {
    Int.random(in: 0..<oneIn, using: &random) == 0
  }

  private mutating func lineEnd() -> [UInt8] {
    random.pick(["\n", "\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n", "\r\r\n", "\n\r"]).utf8.map(
      \.self
    )
  }

  private mutating func insertOddByte(into line: inout [UInt8]) {
    let odd: [UInt8] = [
      0, 0x09, 0x0B, 0x0C, 0x1C, 0x85, 0xA0, 0xC3, 0xFF, 0xE2, 0xF0, 0x80, 0x5C, 0x0D,
    ]
    let place = Int.random(in: 0...line.count, using: &random)
    line.insert(chance(2) ? random.pick(odd) : UInt8.random(in: 0...255, using: &random), at: place)
  }

  private mutating func line() -> String {
    switch Int.random(in: 0..<14, using: &random) {
    case 0:
      return random.pick([
        "", " ", "\t", "\u{B}\u{C}", "#", "# note", "  #x", "\u{C}#DISBATCH BARRIER",
      ])
    case 1...3: return text()
    case 4: return marker() + random.pick(["PREFIX", "SUFFIX"]) + gap() + text()
    case 5:
      return marker() + anyCase(random.pick(["PREFIX", "SUFFIX"]))
        + random.pick([" ", " ", "", "\t"]) + text()
    case 6, 7: return repetition()
    case 8, 9: return barrier()
    case 10: return perEngine()
    case 11:
      return marker()
        + random.pick(["REPEATED 3 x", "NOPE", "", " ", "PERENGINE", "BARRIE", "PREFI x", "7"])
    default: return random.pick(["#DISBATCH PREFIX ", "#DISBATCH SUFFIX "]) + text()
    }
  }

  private mutating func marker() -> String {
    if !chance(7) { return "#DISBATCH " }
    return random.pick([
      "#DISBATCH  ", "#DISBATCH\t", "#DISBATCH", "#disbatch ", " #DISBATCH ", "# DISBATCH ",
      "#DISBATCH\u{B}", "##DISBATCH ", "#DISBATCHED ", "#DisBatch ", "DISBATCH ",
    ])
  }

  /// What stands where one blank belongs.
  private mutating func gap() -> String {
    chance(6) ? random.pick(["", "  ", "\t", "\u{B}", "\u{C}", " \t ", "\u{A0}"]) : " "
  }

  /// What stands where any run of blanks may.
  private mutating func blanks() -> String {
    chance(3) ? random.pick(["", "  ", "\t", " \u{B}", "\u{C} ", " \t\t ", "   "]) : " "
  }

  private mutating func anyCase(_ word: String) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return word.lowercased()
    case 1: return word.prefix(1) + word.dropFirst().lowercased()
    default: return word
    }
  }

  private mutating func text() -> String {
    random.pick([
      "", " ", "  ", "echo a", "echo b ", " echo c", "prog -a 1", "( cd x ; ",
      " ) &> log_$DISBATCH_TASKID",
      "#", " # ", "# comment", "#DISBATCH BARRIER", "#DISBATCH ", "é 中文 \u{1F600}", "b'x'",
      "a\tb\t",
      "start 3 x", "step 2", "start=5 ", "step=5 true ", "#DISBATCH", "\u{FEFF}", "\u{FEFF}echo m",
      "\\", "\"quoted \\\" text\"", "'", "\u{2028}", "\u{7F}\u{1B}[0m",
      ": x", "-x",
      "\u{B}vt", "\u{C}ff ", "REPEAT 2 x", "$DISBATCH_REPEAT_INDEX",
    ])
  }

  private mutating func number(_ small: [String]) -> String {
    chance(10)
      ? random.pick(["", "-1", "x", "1x", "+2", "0x2", "1.5", "\u{663}"]) : random.pick(small)
  }

  private mutating func repetition() -> String {
    let starts = ["0", "1", "5", "007", "1000000", "4611686018427387904", "9223372036854775000"]
    let steps = ["0", "1", "2", "10", "00003", "50"]
    var clauses: [String] = []
    if !chance(3) { clauses.append(anyCase("start") + blanks() + number(starts)) }
    if !chance(3) { clauses.append(anyCase("step") + blanks() + number(steps)) }
    if chance(8) { clauses.reverse() }
    var line = marker() + anyCase("REPEAT") + blanks() + number(["0", "1", "2", "3", "10", "003"])
    for clause in clauses { line += blanks() + clause }
    if !chance(4) { line += gap() + text() }
    return line + (chance(4) ? blanks() : "")
  }

  private mutating func barrier() -> String {
    let word =
      chance(6)
      ? random.pick(["barrier", "Barrier", "BARRIERS", "BARRIERX y", "BARRIER:"]) : "BARRIER"
    let check = random.pick([
      "", "", "CHECK", "CHECK", "check", "CHECKS", "CHEK", "CHECK:", "Check",
    ])
    let key = random.pick(["", "", "", "key", "a key ", "CHECK", "# wait", "é", " "])
    return marker() + word + (check.isEmpty ? "" : gap() + check) + (key.isEmpty ? "" : gap() + key)
  }

  private mutating func perEngine() -> String {
    let when = random.pick(["START", "START", "STOP", "STOP", "start", "Stop", "BEGIN", ""])
    return marker() + anyCase("PERENGINE") + gap() + when + gap() + text()
  }
}
