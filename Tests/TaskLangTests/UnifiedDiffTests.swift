import TaskLang
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    var output: [UInt8] = []
    UnifiedDiff.append(Array(old.utf8), Array(new.utf8), path: "Tasks", to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func `equal inputs have no difference`() {
    #expect(diff("a\nb\n", "a\nb\n").isEmpty)
  }

  @Test func `neighbouring changes are one hunk with three lines around`() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
    #expect(
      diff(old, "1\n2\n3\n4\nX\nY\n7\n8\n9\n") == """
        --- a/Tasks
        +++ b/Tasks
        @@ -2,8 +2,8 @@
         2
         3
         4
        -5
        -6
        +X
        +Y
         7
         8
         9

        """
    )
  }

  @Test func `changes far apart are hunks of their own`() {
    let lines = (1...20).map { "\($0)\n" }
    var changed = lines
    changed[0] = "first\n"
    changed[19] = "last\n"
    let text = diff(lines.joined(), changed.joined())
    #expect(
      text.split(separator: "\n").filter { $0.hasPrefix("@@") } == [
        "@@ -1,4 +1,4 @@", "@@ -17,4 +17,4 @@",
      ]
    )
  }

  @Test func `a last line without its end says so on both sides`() {
    #expect(
      diff("a", "b") == """
        --- a/Tasks
        +++ b/Tasks
        @@ -1,1 +1,1 @@
        -a
        \\ No newline at end of file
        +b
        \\ No newline at end of file

        """
    )
  }

  @Test func `a last line that goes away leaves the line end in front of it`() {
    #expect(
      diff("a\nb", "a\n") == """
        --- a/Tasks
        +++ b/Tasks
        @@ -1,2 +1,1 @@
         a
        -b
        \\ No newline at end of file

        """
    )
  }

  @Test func `of a file that becomes empty all lines go`() {
    #expect(
      diff("a", "") == """
        --- a/Tasks
        +++ b/Tasks
        @@ -1,1 +0,0 @@
        -a
        \\ No newline at end of file

        """
    )
  }
}
