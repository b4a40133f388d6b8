import Foundation

/// The part of the SARIF 2.1.0 schema that is about the objects we write.
///
/// A name stands for an object with these members and no others; `!` marks those that must be there.
struct SARIFShape {
  /// What a member holds.
  indirect enum Kind: Sendable {
    case text, uri, truth
    case number(least: Int)
    case word([String])
    case object(String)
    case list(Kind, least: Int)
    /// An object of any members that hold this.
    case map(Kind)
  }

  static let members: [String: [String: Kind]] = [
    "sarifLog": [
      "$schema": .uri, "version!": .word(["2.1.0"]), "runs!": .list(.object("run"), least: 0),
    ],
    "run": [
      "tool!": .object("tool"), "results": .list(.object("result"), least: 0),
      "columnKind": .word(["utf16CodeUnits", "unicodeCodePoints"]),
      "newlineSequences": .list(.text, least: 1),
    ],
    "tool": ["driver!": .object("toolComponent")],
    "toolComponent": [
      "name!": .text, "semanticVersion": .text,
      "rules": .list(.object("reportingDescriptor"), least: 0),
    ],
    "reportingDescriptor": [
      "id!": .text, "name": .text, "shortDescription": .object("multiformatMessageString"),
      "fullDescription": .object("multiformatMessageString"),
      "help": .object("multiformatMessageString"),
      "defaultConfiguration": .object("reportingConfiguration"),
    ],
    "reportingConfiguration": ["enabled": .truth, "level": level],
    "multiformatMessageString": ["text!": .text, "markdown": .text],
    "result": [
      "ruleId": .text, "ruleIndex": .number(least: 0), "level": level,
      "message!": .object("message"), "locations": .list(.object("location"), least: 1),
      "relatedLocations": .list(.object("location"), least: 1),
      "partialFingerprints": .map(.text), "fixes": .list(.object("fix"), least: 1),
    ],
    "message": ["text!": .text],
    "location": [
      "id": .number(least: 0), "physicalLocation": .object("physicalLocation"),
      "message": .object("message"),
    ],
    "physicalLocation": [
      "artifactLocation!": .object("artifactLocation"), "region": .object("region"),
    ],
    "artifactLocation": ["uri": .uri],
    "region": [
      "startLine!": .number(least: 1), "startColumn!": .number(least: 1),
      "endLine!": .number(least: 1), "endColumn!": .number(least: 1),
    ],
    "fix": [
      "description": .object("message"), "properties": .map(.text),
      "artifactChanges!": .list(.object("artifactChange"), least: 1),
    ],
    "artifactChange": [
      "artifactLocation!": .object("artifactLocation"),
      "replacements!": .list(.object("replacement"), least: 1),
    ],
    "replacement": [
      "deletedRegion!": .object("region"), "insertedContent": .object("artifactContent"),
    ],
    "artifactContent": ["text": .text, "binary": .text],
  ]

  private static let level = Kind.word(["none", "note", "warning", "error"])

  /// What in a value is not as it must be, each with its path.
  static func faults(
    in value: Any,
    _ kind: Kind = .object("sarifLog"),
    at path: String = "$"
  )
    -> [String]
  {
    switch kind {
    case .text: return value is String ? [] : ["\(path) is no string"]
    case .truth: return value is Bool ? [] : ["\(path) is no truth value"]
    case .uri:
      let isURI = (value as? String).flatMap { URL(string: $0) } != nil
      return isURI ? [] : ["\(path) is no URI"]
    case .number(let least):
      return (value as? Int).map { $0 >= least } == true ? [] : ["\(path) is below \(least)"]
    case .word(let words):
      return words.contains((value as? String) ?? "") ? [] : ["\(path) is none of \(words)"]
    case .list(let element, let least):
      guard let list = value as? [Any], list.count >= least else {
        return ["\(path) is no list of \(least) or more"]
      }
      return list.enumerated().flatMap { faults(in: $1, element, at: "\(path)[\($0)]") }
    case .map(let element):
      guard let map = value as? [String: Any] else { return ["\(path) is no object"] }
      return map.flatMap { faults(in: $1, element, at: "\(path).\($0)") }
    case .object(let name): return faults(in: value, object: name, at: path)
    }
  }

  private static func faults(in value: Any, object name: String, at path: String) -> [String] {
    guard let object = value as? [String: Any], let known = members[name] else {
      return ["\(path) is no \(name)"]
    }
    var faults: [String] = []
    for required in known.keys where required.hasSuffix("!") {
      let key = String(required.dropLast())
      if object[key] == nil { faults.append("\(path) has no \(key)") }
    }
    for (key, value) in object {
      guard let kind = known[key] ?? known[key + "!"] else {
        faults.append("\(path).\(key) is unknown")
        continue
      }
      faults += Self.faults(in: value, kind, at: "\(path).\(key)")
    }
    return faults
  }
}
