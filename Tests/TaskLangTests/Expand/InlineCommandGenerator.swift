import TestSupport

/// Commands that read DISBATCH variables in ways that can be inlined, and in ways that cannot.
struct InlineCommandGenerator {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  private static let names = [
    "DISBATCH_REPEAT_INDEX", "DISBATCH_REPEAT_INDEX", "DISBATCH_REPEAT_INDEX_ZP",
    "DISBATCH_TASKID", "DISBATCH_TASKID_ZP", "DISBATCH_STREAM_INDEX",
  ]
  /// `@` stands for a word, `%` for a name.
  private static let commands = [
    "echo @ @", "echo @ @", "echo @", "printf -- '-s' @ ; echo", "[ @ -gt 1 ] && echo @",
    "[[ @ == *1* ]] && echo @", "test -n @ || echo @", "x=@ ; echo \"$x\"", "y=a@ ; echo $y",
    "bash -c 'echo @'", "bash -c \"echo @\"", "printenv %", "env | grep REPEAT_IN | sort",
    "bash -c 'env | grep REPEAT_IN | sort' _ @", "IFS=1 ; echo @", "for i in @ 2; do echo $i; done",
    "f() { echo @ $1; } ; f @", "echo() { printenv | grep REPEAT_IN | sort; } ; echo @",
    "case @ in 5) echo five ;; *) echo @ ;; esac", "eval \"echo @\"", "eval 'echo @'",
    "unset % ; echo @", "%=7 ; echo @", "read % <<< 9 ; echo @", "cat <<< @",
    "export -p | grep REPEAT",
    "x=% ; echo ${!x} @", "( echo @ ; exit 3 )", "declare -i n=@ ; echo $n",
    "(( n = @ )) ; echo $n",
    "let n=@ ; echo $n", "a[@]=1 ; echo ${!a[@]}", "a=(@ x) ; echo ${a[0]}",
    "echo hi > f_@ ; echo f_*", "echo hi >@ ; echo *", "echo @> f ; cat f", "echo ${%:-x}",
    "echo ${#%}", "true @ ; echo $_", "echo \"$BASH_COMMAND\" @", "trap 'echo bye' EXIT ; echo @",
    "set -x ; echo @", "set -v ; echo @", "echo @ & wait", "@", "a@=3", "echo --x=@ y@=3",
    "exec echo @", "echo @ | cat", "tr 0-9 a-j <<< @", "echo $((08 + %))", "echo $((1 / %))",
    "echo $((% %))", "echo $((% * 3 - (% + 1) % 4))", "echo \"$((2*$%+${%}))\"", "echo $[% + 1]",
    "echo $((%++))", "echo `echo @`", "echo \"$(echo @ \"@\")\"", "cat <(echo @)",
    "readonly % ; echo @",
    "n=DISBATCH ; unset ${n}_REPEAT_INDEX ; echo @", "echo {1..@}", "echo ~@ \\@ '@' $'@' $\"@\"",
    "echo @@ @x x@ 5@ @5", "set | grep REPEAT_IN", "echo $((% / 0))", "%=4 bash -c 'echo @'",
    "x=1@ ; echo ${x:@:1}", "command printenv % ; echo @", "echo @ # @",
    "tr '\\0' '\\n' < /proc/$$/environ | grep -c REPEAT",
    "coproc cat ; echo @", "x=a ; echo $x@ ${x}@ \"$x@\" $1@", "f() { echo @; } ; declare -f f ; f",
    "sleep 0.1 & jobs ; echo @ ; wait", "! false @ && echo @",
    "while read v; do echo $v @; done <<< @",
  ]

  /// A command of one to three parts.
  mutating func next() -> String {
    var text = part()
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      text += random.pick([" ; ", " && ", " || "]) + part()
    }
    return text
  }

  private mutating func part() -> String {
    var text = ""
    for character in random.pick(Self.commands) {
      switch character {
      case "@": text += word()
      case "%": text += random.pick(Self.names)
      default: text.append(character)
      }
    }
    return text
  }

  private mutating func word() -> String {
    let name = random.pick(Self.names)
    return switch Int.random(in: 0..<10, using: &random) {
    case 0...3: "$\(name)"
    case 4...6: "${\(name)}"
    case 7: "\"$\(name)\""
    case 8: "\"a ${\(name)} b\""
    default: "$((\(name) + 1))"
    }
  }
}
