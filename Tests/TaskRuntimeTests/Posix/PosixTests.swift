import TaskRuntime
import TestSupport
import Testing

@Suite struct PosixTests {
  @Test(arguments: [
    (0, 0, "0"), (7, 6, "000007"), (-1, 6, "-00001"), (1_234_567, 6, "1234567"),
    (-42, 0, "-42"), (Int64.max, 0, "9223372036854775807"), (Int64.min, 0, "-9223372036854775808"),
  ])
  func `numbers are written as Python's %d and %06d`(value: Int64, width: Int, text: String) {
    var bytes: ContiguousArray<UInt8> = []
    bytes.appendDecimal(value, width: width)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [
    (0, "0.000"), (499_999, "0.000"), (500_000, "0.001"), (1_999_600_000, "2.000"),
    (1_700_000_000_123_456_789, "1700000000.123"), (-1_500_000_000, "-1.500"), (-1, "0.000"),
  ])
  func `seconds have three decimals`(nanoseconds: Int64, text: String) {
    var bytes: ContiguousArray<UInt8> = []
    bytes.appendSeconds(nanoseconds: nanoseconds)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test func `an error has the system's words`() {
    #expect(Errno.noSuchFile.text == "No such file or directory")
    #expect(Errno.noSpace.text == "No space left on device")
  }

  @Test(arguments: [
    ("/", "/"), ("/usr/../usr/./bin/nonexistent", "/usr/bin/nonexistent"),
    ("/nonexistent/deeper/name", "/nonexistent/deeper/name"),
    ("/nonexistent/../name/", "/name"), ("/nonexistent/..", "/"), ("/proc/self/..", "/proc"),
  ])
  func `a path becomes absolute as far as it exists`(path: String, expected: String) {
    let numbered = FileSystem.realPath(path)
    #expect(numbered == expected)
  }

  @Test func `a path leads through links to what does not exist, and links in a ring lead nowhere`()
    throws
  {
    let folder = try TemporaryFolder()
    let base = FileSystem.realPath(folder.path)
    try folder.link("far", to: "nowhere/name")
    try folder.link("near", to: folder.file("far"))
    try folder.link("ring", to: "ring")
    #expect(FileSystem.realPath(folder.file("near")) == "\(base)/nowhere/name")
    #expect(FileSystem.realPath(folder.file("near/deeper")) == "\(base)/nowhere/name/deeper")
    #expect(FileSystem.realPath(folder.file("ring")) == "\(base)/ring")
  }

  @Test func `a relative path stands under the working directory`() {
    let directory = FileSystem.workingDirectory
    #expect(FileSystem.realPath("no-such-name") == "\(directory)/no-such-name")
    #expect(FileSystem.realPath("") == directory)
  }
}
