/// The messages that are understood, by name: one row each.
enum Methods {
  /// Those that are answered.
  static let requests = byName([
    CodeActionRequest.self,
    CodeLensRequest.self,
    CompletionRequest.self,
    DefinitionRequest.self,
    DiagnosticRequest.self,
    DocumentHighlightRequest.self,
    DocumentLinkRequest.self,
    DocumentSymbolRequest.self,
    ExecuteCommandRequest.self,
    FoldingRangeRequest.self,
    FormattingRequest.self,
    HoverRequest.self,
    InitializeRequest.self,
    InlayHintRequest.self,
    RangeFormattingRequest.self,
    ReferencesRequest.self,
    SelectionRangeRequest.self,
    SemanticTokensDeltaRequest.self,
    SemanticTokensRangeRequest.self,
    SemanticTokensRequest.self,
    ShutdownRequest.self,
    SignatureHelpRequest.self,
    WorkspaceDiagnosticRequest.self,
    WorkspaceSymbolRequest.self,
  ])

  /// Those that are not.
  static let notifications = byName([
    CancelRequest.self,
    DidChangeConfigurationNotification.self,
    DidChangeNotification.self,
    DidChangeWatchedFilesNotification.self,
    DidCloseNotification.self,
    DidOpenNotification.self,
    DidSaveNotification.self,
    ExitNotification.self,
    InitializedNotification.self,
  ])

  private static func byName(_ types: [any ClientRequest.Type]) -> [String: any ClientRequest.Type]
  {
    Dictionary(types.map { ($0.method, $0) }) { first, _ in first }
  }

  private static func byName(
    _ types: [any ClientNotification.Type]
  ) -> [String: any ClientNotification.Type] {
    Dictionary(types.map { ($0.method, $0) }) { first, _ in first }
  }
}
