import Glibc

/// The real bash, asked whether it parses commands.
enum BashOracle {
  /// What bash said of one command.
  struct Answer {
    /// Whether it ended with a status other than 0, or wrote more than warnings.
    var saysError: Bool
    /// The first line it wrote, without warnings.
    var message: String
  }

  /// Asks bash about commands: `bash -n -c` for each, on two processors, in the way tasks are run.
  ///
  /// - Returns: An answer for each command, or `nil` where bash or xargs could not be run.
  static func ask(_ commands: [[UInt8]]) -> [Answer]? {
    let folder = scratchFolder()
    guard let folder else { return nil }
    defer { _ = unsafe system("rm -rf '\(folder)'") }
    var input: [UInt8] = []
    for (index, command) in commands.enumerated() {
      input += Array("\(index):".utf8) + command + [0]
    }
    guard write(input, to: folder + "/in"), write(Array(worker.utf8), to: folder + "/worker")
    else { return nil }
    let run = "xargs -0 -n 250 -P 2 /bin/sh '\(folder)/worker' '\(folder)' < '\(folder)/in'"
    guard unsafe system(run) == 0, unsafe system("cat '\(folder)'/out.* > '\(folder)/all'") == 0,
      let output = read(folder + "/all")
    else { return nil }
    return answers(output, commands.count)
  }

  /// Each call writes to a file of its own, so lines of two workers never mix.
  private static let worker = """
    folder=$1
    shift
    exec > "$folder/out.$$"
    export LC_ALL=C.UTF-8
    newline='
    '
    for item; do
      said=$(bash -n -c -- "${item#*:}" bash 2>&1 </dev/null)
      status=$?
      case $said in
        *'bash: -c: '*) said=${said#*bash: -c: } said=${said%%"$newline"*} ;;
        *) said= ;;
      esac
      printf '%s %s %s\\n' "${item%%:*}" "$status" "$said"
    done
    """

  private static func answers(_ output: [UInt8], _ count: Int) -> [Answer]? {
    var answers = [Answer?](repeating: nil, count: count)
    for line in output.split(separator: 0x0A) {
      let fields = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, let index = Int(String(decoding: fields[0], as: UTF8.self)),
        answers.indices.contains(index)
      else { continue }
      answers[index] = Answer(
        saysError: fields[1] != [0x30] || !fields[2].isEmpty,
        message: String(decoding: fields[2], as: UTF8.self)
      )
    }
    let known = answers.compactMap(\.self)
    return known.count == count ? known : nil
  }

  private static func scratchFolder() -> String? {
    var template = Array("/tmp/disbatch-shell-XXXXXX".utf8CString)
    // Safe: the template is a terminated buffer of our own that mkdtemp changes in place.
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    guard made else { return nil }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    guard let file = unsafe fopen(path, "w") else { return false }
    defer { unsafe fclose(file) }
    return unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count
  }

  static func read(_ path: String) -> [UInt8]? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}
