/// What the client can do, as far as it changes what we say.
struct ClientCapabilities: Sendable, Hashable {
  var encoding = PositionEncoding.utf16
  /// Whether it asks for diagnostics itself, so that they are not sent unasked.
  var pullsDiagnostics = false
  var showsRelatedInformation = false
  var showsTags = false
  var takesVersions = false
  var hoversInMarkdown = false
  var completesSnippets = false
  var documentsCompletionsInMarkdown = false
  var takesCodeActionLiterals = false
  var takesPreferredActions = false
  var takesDocumentChanges = false
  var showsSymbolTree = false
  var foldsLinesOnly = false
  var refreshesDiagnostics = false
  /// Whether it can be asked to say when files change.
  var registersWatchers = false
}

extension ClientCapabilities: Decodable {
  /// The part of the client's own tree that is read; whatever is missing cannot be done.
  private struct Tree: Decodable {
    struct General: Decodable { let positionEncodings: [String]? }
    struct Snippets: Decodable {
      let snippetSupport: Bool?
      let documentationFormat: [String]?
    }
    struct Completion: Decodable { let completionItem: Snippets? }
    struct Hover: Decodable { let contentFormat: [String]? }
    struct Anything: Decodable {}
    struct CodeAction: Decodable {
      let codeActionLiteralSupport: Anything?
      let isPreferredSupport: Bool?
    }
    struct Publish: Decodable {
      let relatedInformation: Bool?
      let tagSupport: Anything?
      let versionSupport: Bool?
    }
    struct Pull: Decodable { let relatedDocumentSupport: Bool? }
    struct Symbols: Decodable { let hierarchicalDocumentSymbolSupport: Bool? }
    struct Folding: Decodable { let lineFoldingOnly: Bool? }
    struct TextDocument: Decodable {
      let completion: Completion?
      let hover: Hover?
      let codeAction: CodeAction?
      let publishDiagnostics: Publish?
      let diagnostic: Pull?
      let documentSymbol: Symbols?
      let foldingRange: Folding?
    }
    struct WorkspaceEdit: Decodable { let documentChanges: Bool? }
    struct Refresh: Decodable { let refreshSupport: Bool? }
    struct Watchers: Decodable { let dynamicRegistration: Bool? }
    struct Workspace: Decodable {
      let workspaceEdit: WorkspaceEdit?
      let diagnostics: Refresh?
      let didChangeWatchedFiles: Watchers?
    }
    let general: General?
    let textDocument: TextDocument?
    let workspace: Workspace?
  }

  init(from decoder: any Decoder) throws {
    let tree = try Tree(from: decoder)
    let text = tree.textDocument
    // The client lists encodings by preference, but bytes are what we count in.
    let offered = (tree.general?.positionEncodings ?? []).compactMap(PositionEncoding.init)
    encoding = offered.contains(.utf8) ? .utf8 : offered.first ?? .utf16
    pullsDiagnostics = text?.diagnostic != nil
    showsRelatedInformation = text?.publishDiagnostics?.relatedInformation ?? false
    showsTags = text?.publishDiagnostics?.tagSupport != nil
    takesVersions = text?.publishDiagnostics?.versionSupport ?? false
    hoversInMarkdown = text?.hover?.contentFormat?.contains("markdown") ?? false
    completesSnippets = text?.completion?.completionItem?.snippetSupport ?? false
    documentsCompletionsInMarkdown =
      text?.completion?.completionItem?.documentationFormat?.contains("markdown") ?? false
    takesCodeActionLiterals = text?.codeAction?.codeActionLiteralSupport != nil
    takesPreferredActions = text?.codeAction?.isPreferredSupport ?? false
    takesDocumentChanges = tree.workspace?.workspaceEdit?.documentChanges ?? false
    showsSymbolTree = text?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false
    foldsLinesOnly = text?.foldingRange?.lineFoldingOnly ?? false
    registersWatchers = tree.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false
    refreshesDiagnostics = tree.workspace?.diagnostics?.refreshSupport ?? false
  }
}
