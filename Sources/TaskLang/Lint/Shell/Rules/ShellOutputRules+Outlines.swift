extension ShellOutputRules {
  /// Takes the files of a line whose outline is known.
  ///
  /// - Parameters:
  ///   - entry: What is known of it.
  ///   - names: The names in its outline.
  ///   - text: The joined text, in which they are.
  ///   - id: The task's id.
  ///   - bytes: The line.
  ///   - site: Where the text comes from.
  /// - Returns: Whether that was all; otherwise nothing is done, and the rules have to look at it.
  mutating func take(
    _ entry: ShellOutlines.Entry,
    _ names: Span<ShellOutline.Piece>,
    _ text: Span<UInt8>,
    of id: Int,
    in bytes: Span<UInt8>,
    _ site: borrowing ShellSite
  ) -> Bool {
    if entry.files.isEmpty { return true }
    if entry.usesPadding, max(id, site.line.number) >= ShellFileNames.paddedLimit { return false }
    let place = ShellTaskPlace(task: id, site.line)
    var folder = entry.folder
    if let start = folder {
      folder = entry.folderNames.reduce(start) {
        ShellFileNames.enter(names[$1].range, of: text, from: $0)
      }
    }
    // Of several files none may be remembered if there is something to say of one.
    if entry.files.count > 1 || observation != nil {
      for file in entry.files {
        guard let target = target(of: file, names, text) else { return false }
        if target.isDevice || file.isNamedByRank || !target.isConstant { continue }
        // An observer is told of a file by its place, which is known of those that the line names.
        if observation != nil {
          if file.name == nil { return false }
        } else if collides(target, target.name(in: folder), at: place) {
          return false
        }
      }
    }
    for file in entry.files {
      guard let target = target(of: file, names, text) else { return false }
      if target.isDevice || file.isNamedByRank { continue }
      if observation != nil, target.isConstant, let name = file.name {
        _ = observes(target, target.name(in: folder), at: names[name].range, of: site)
        continue
      }
      let other = remember(target, target.name(in: folder), at: place) { message in
        if let name = file.name {
          return site.label(names[name].range, in: bytes, message)
        }
        var label = entry.labels[file.label ?? 0]
        label.message = message
        return label
      }
      if other != nil { return false }
    }
    if entry.usesPadding { observation?.usesPadding = true }
    return true
  }

  /// The file as this line names it; nil where it is of another kind than that of the first line.
  @inline(__always)
  private func target(
    of file: ShellOutlines.File,
    _ names: Span<ShellOutline.Piece>,
    _ text: Span<UInt8>
  ) -> ShellTarget? {
    guard let name = file.name else { return file.target }
    var target = file.target
    target.rename(names[name].range, in: text)
    guard target.variables == file.target.variables,
      target.isDevice == file.target.isDevice || target.variables.isEmpty
    else { return nil }
    return target
  }
}
