/// The directives as they are offered for writing.
struct DirectiveSnippet: Sendable {
  /// What is shown.
  let label: String
  /// What it does, in a line.
  let detail: String
  /// What is written behind `#DISBATCH `; a needed space at the end is part of it.
  let text: String
  /// The same with places to fill in.
  let snippet: String?

  /// Whether it is for PERENGINE, which may not stand behind a task.
  var isOfEngines: Bool { text.hasPrefix("PERENGINE") }

  private init(_ text: String, _ snippet: String?, _ detail: String) {
    label = "#DISBATCH " + (text.last == " " ? String(text.dropLast()) : text)
    self.detail = detail
    self.text = text
    self.snippet = snippet
  }

  /// All of them, the likeliest first.
  static let directives = [
    DirectiveSnippet("PREFIX ", "PREFIX ${1:text }", "put in front of every command below"),
    DirectiveSnippet("SUFFIX ", "SUFFIX ${1: text}", "put behind every command below"),
    DirectiveSnippet(
      "REPEAT ",
      "REPEAT ${1:10} ${2:command}",
      "many tasks of one command, distinguished by DISBATCH_REPEAT_INDEX"
    ),
    DirectiveSnippet("BARRIER", nil, "wait for everything above"),
    DirectiveSnippet(
      "BARRIER CHECK",
      nil,
      "wait for everything above; end the run if a task has failed"
    ),
    DirectiveSnippet(
      "PERENGINE START ",
      "PERENGINE START ${1:command}",
      "run on each engine as it joins"
    ),
    DirectiveSnippet(
      "PERENGINE STOP ",
      "PERENGINE STOP ${1:command}",
      "run on each engine as it leaves"
    ),
  ]
}
