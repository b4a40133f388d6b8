/// What the server says that it can do; nothing is said that is not done.
enum ServerCapabilities {
  static func write(for client: ClientCapabilities, to out: inout [UInt8]) {
    out.member("positionEncoding", client.encoding.rawValue)
    out.object("textDocumentSync") { out in
      out.member("openClose", true)
      // 2: changes come as edits; whole texts are taken as well.
      out.member("change", 2)
      out.member("save", true)
    }
    out.object("diagnosticProvider") { out in
      out.member("identifier", "disbatch")
      out.member("interFileDependencies", false)
      out.member("workspaceDiagnostics", true)
    }
    out.member("hoverProvider", true)
    out.object("completionProvider") { out in
      out.array("triggerCharacters", ["#", "$", "{", " ", "/", "[", ","])
    }
    out.object("codeActionProvider") { out in
      out.array("codeActionKinds", CodeActionKind.advertised)
    }
    out.member("documentFormattingProvider", true)
    out.member("documentRangeFormattingProvider", true)
    out.member("definitionProvider", true)
    out.member("referencesProvider", true)
    out.member("documentHighlightProvider", true)
    out.member("documentSymbolProvider", true)
    out.member("workspaceSymbolProvider", true)
    out.object("documentLinkProvider") { $0.member("resolveProvider", false) }
    out.object("signatureHelpProvider") { $0.array("triggerCharacters", [" "]) }
    out.member("foldingRangeProvider", true)
    out.member("selectionRangeProvider", true)
    out.member("inlayHintProvider", true)
    out.object("codeLensProvider") { $0.member("resolveProvider", false) }
    out.object("executeCommandProvider") { out in
      out.array("commands", EditorCommand.allCases.map(\.rawValue))
    }
    out.object("semanticTokensProvider") { out in
      out.object("legend") { out in
        out.array("tokenTypes", SemanticTokens.legend)
        out.array("tokenModifiers", [])
      }
      out.member("range", true)
      out.object("full") { $0.member("delta", true) }
    }
  }
}
