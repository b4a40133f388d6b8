/// A REPEAT as a line for each of its tasks, under the same PREFIX and SUFFIX.
package enum WrittenOutRepeat {
  /// Appends the lines, with a line feed between each two.
  ///
  /// They start the same commands under the same ids, and the commands see the same repeat index. Where
  /// that is proven of plain lines, as for `expand --inline`, they are that; else each is a REPEAT of one.
  ///
  /// - Parameters:
  ///   - indexes: The repeat indexes.
  ///   - body: The command as the REPEAT has it.
  ///   - place: The id of the first task, and the number of the line.
  ///   - lowering: The affixes in force.
  ///   - output: Gains the lines.
  package static func append(
    _ indexes: RepeatRange,
    _ body: [UInt8],
    at place: (firstID: Int, line: Int),
    _ lowering: borrowing Lowering,
    to output: inout [UInt8]
  ) {
    let template = template(of: body, lowering)
    let start = output.count
    for item in 0..<indexes.count {
      let id = place.firstID + item
      let task = ExpandedTask(id: id, line: place.line, repeatIndex: indexes[item])
      let lineStart = output.count
      if let template {
        template.append(task, to: &output)
        // As a comment, say, it would not be the task any more.
        guard Parser.parse(output.span, lineStart..<output.count) == .task,
          !output[lineStart...].starts(with: UTF8Text.mark)
        else {
          output.removeLast(output.count - start)
          return appendSingles(indexes, body, to: &output)
        }
        output.append(ASCII.lineFeed)
      } else {
        FlatLine.append(body, repeatIndex: task.repeatIndex, to: &output)
      }
    }
    output.removeLast()
  }

  private static func appendSingles(
    _ indexes: RepeatRange,
    _ body: [UInt8],
    to output: inout [UInt8]
  ) {
    for place in 0..<indexes.count {
      FlatLine.append(body, repeatIndex: indexes[place], to: &output)
    }
    output.removeLast()
  }

  /// The line's part of what `expand --inline` writes; nil where the affixes would have to change too.
  private static func template(
    of body: [UInt8],
    _ lowering: borrowing Lowering
  ) -> InlineTemplate? {
    let (prefix, suffix) = (lowering.prefix.bytes, lowering.suffix.bytes)
    let part = prefix.count..<prefix.count + body.count
    guard let whole = Inliner.template(of: prefix + body + suffix, isRepeated: true),
      prefix.isEmpty || !whole.needsEnvironment
    else { return nil }
    var places: [InlineTemplate.Place] = []
    for place in whole.places {
      if place.range.lowerBound >= part.lowerBound, place.range.upperBound <= part.upperBound {
        let start = place.range.lowerBound - part.lowerBound
        let range = start..<start + place.range.count
        places.append(InlineTemplate.Place(range: range, variable: place.variable))
      } else if !place.variable.parts.contains(.task) {
        return nil
      }
    }
    return InlineTemplate(text: body, places: places, needsEnvironment: whole.needsEnvironment)
  }
}
