/// Files whose names a run makes itself, in folders that others may write into.
///
/// What somebody has put under such a name is not written: no symbolic link is followed, and nothing is
/// written that has another name or is no regular file. Paths that the user gave are followed.
package enum OwnFile {
  /// Why a file is not written.
  package enum Fault: Error, Hashable, Sendable {
    /// The system does not let us.
    case refused(Errno)
    /// Somebody has put this there.
    case planted(String)

    /// In words, for people.
    package var text: String {
      switch self {
      case .refused(let reason): reason.advice
      case .planted(let what): "it is \(what), which a run does not write into; remove it"
      }
    }
  }

  /// A file that has another name.
  static let hardLink = Fault.planted("a file with another name (a hard link)")

  /// Opens a file under a name of ours.
  ///
  /// - Parameters:
  ///   - path: Its path, of which only the last part is ours.
  ///   - mode: What it is wanted for.
  ///   - permissions: Of a file that is made, before the caller's umask.
  ///   - mayHaveOtherNames: Whether hard links are the caller's concern.
  /// - Returns: the file, which is a regular one.
  /// - Throws: why it is not opened.
  package static func open(
    _ path: String,
    for mode: FileDescriptor.Mode,
    permissions: UInt32 = 0o644,
    mayHaveOtherNames: Bool = false
  ) throws(Fault) -> FileDescriptor {
    let descriptor = try opened(path, mode, permissions)
    guard let status = try? FileSystem.status(of: descriptor) else {
      throw .refused(.badDescriptor)
    }
    if status.kind != .file { throw .planted(what(status) ?? "no file") }
    if status.links > 1, !mayHaveOtherNames { throw hardLink }
    return descriptor
  }

  private static func opened(
    _ path: String,
    _ mode: FileDescriptor.Mode,
    _ permissions: UInt32
  ) throws(Fault) -> FileDescriptor {
    do throws(Errno) {
      return try FileDescriptor(
        opening: path,
        for: mode,
        permissions: permissions,
        followsLink: false
      )
    } catch {
      if error != .noSuchFile, let what = planted(at: path) { throw .planted(what) }
      throw .refused(error)
    }
  }

  /// What stands under a name of ours that would not be written into; `nil` for nothing and for a file.
  package static func planted(at path: String) -> String? {
    if FileSystem.isLink(path) { return "a symbolic link" }
    return (try? FileSystem.status(of: path)).flatMap(what)
  }

  /// The link that stands under a name of ours; `nil` for what is none.
  package static func plantedLink(at path: String) -> Fault? {
    if FileSystem.isLink(path) { return .planted("a symbolic link") }
    guard let status = try? FileSystem.status(of: path), status.kind == .file, status.links > 1
    else { return nil }
    return hardLink
  }

  private static func what(_ status: FileSystem.Status) -> String? {
    switch status.kind {
    case .directory: "a folder"
    case .other: "no regular file"
    case .file: status.links > 1 ? "a file with another name (a hard link)" : nil
    }
  }
}
