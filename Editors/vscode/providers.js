'use strict';
// The server's answers as VS Code's own values, one provider for each thing that it can do.
const vscode = require('vscode');

/** What this client can do, as the server is told. */
const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: { workspaceEdit: { documentChanges: true } },
  textDocument: {
    synchronization: {},
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: { completionItem: { snippetSupport: true } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } },
      isPreferredSupport: true,
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, tagSupport: { valueSet: [1, 2] } },
  },
};

const toPosition = ({ line, character }) => new vscode.Position(line, character);
const toRange = ({ start, end }) => new vscode.Range(toPosition(start), toPosition(end));
const toLocation = ({ uri, range }) => new vscode.Location(vscode.Uri.parse(uri), toRange(range));
const fromPosition = ({ line, character }) => ({ line, character });
const fromRange = ({ start, end }) => ({ start: fromPosition(start), end: fromPosition(end) });
const fromDocument = (document) => ({ textDocument: { uri: document.uri.toString() } });
const toTextEdit = ({ range, newText }) => new vscode.TextEdit(toRange(range), newText);

function toDiagnostic(item) {
  // The protocol counts severities and kinds from 1, VS Code from 0.
  const diagnostic = new vscode.Diagnostic(toRange(item.range), item.message, item.severity - 1);
  diagnostic.code = item.code;
  diagnostic.source = item.source;
  diagnostic.tags = item.tags;
  diagnostic.relatedInformation = (item.relatedInformation || []).map(({ location, message }) =>
    new vscode.DiagnosticRelatedInformation(toLocation(location), message));
  return diagnostic;
}

function toSymbol(item) {
  const symbol = new vscode.DocumentSymbol(
    item.name, item.detail || '', item.kind - 1, toRange(item.range), toRange(item.selectionRange));
  symbol.children = (item.children || []).map(toSymbol);
  return symbol;
}

function toSelection({ range, parent }) {
  return new vscode.SelectionRange(toRange(range), parent && toSelection(parent));
}

function toAction(item) {
  const action = new vscode.CodeAction(item.title, vscode.CodeActionKind.Empty.append(item.kind));
  action.isPreferred = item.isPreferred;
  action.diagnostics = (item.diagnostics || []).map(toDiagnostic);
  action.edit = new vscode.WorkspaceEdit();
  for (const { textDocument, edits } of item.edit.documentChanges) {
    action.edit.set(vscode.Uri.parse(textDocument.uri), edits.map(toTextEdit));
  }
  return action;
}

function toCompletion(item) {
  const { newText, range } = item.textEdit;
  const completion = new vscode.CompletionItem(item.label, item.kind - 1);
  completion.detail = item.detail;
  completion.sortText = item.sortText;
  completion.filterText = item.filterText;
  completion.range = toRange(range);
  completion.insertText = item.insertTextFormat === 2 ? new vscode.SnippetString(newText) : newText;
  return completion;
}

function toSignatureHelp(item) {
  const help = new vscode.SignatureHelp();
  help.signatures = item.signatures.map(({ label, parameters }) => {
    const signature = new vscode.SignatureInformation(label);
    signature.parameters = parameters.map((each) =>
      new vscode.ParameterInformation(each.label, each.documentation));
    return signature;
  });
  help.activeSignature = item.activeSignature;
  help.activeParameter = item.activeParameter;
  return help;
}

class Providers {
  constructor(connection, server) {
    this.connection = connection;
    this.server = server;
  }

  ask(method, document, more, token) {
    return this.connection.request(`textDocument/${method}`, { ...fromDocument(document), ...more }, token);
  }

  at(method, document, position, token, more = {}) {
    return this.ask(method, document, { position: fromPosition(position), ...more }, token);
  }

  register(language) {
    const { languages } = vscode;
    const list = async (promise, convert) => (await promise || []).map(convert);
    const legend = this.server.semanticTokensProvider.legend;
    const triggers = this.server.completionProvider.triggerCharacters;
    return [
      languages.registerHoverProvider(language, {
        provideHover: async (document, position, token) => {
          const hover = await this.at('hover', document, position, token);
          return hover && new vscode.Hover(new vscode.MarkdownString(hover.contents.value), toRange(hover.range));
        },
      }),
      languages.registerCompletionItemProvider(language, {
        provideCompletionItems: async (document, position, token) =>
          (await this.at('completion', document, position, token)).items.map(toCompletion),
      }, ...triggers),
      languages.registerDefinitionProvider(language, {
        provideDefinition: (document, position, token) =>
          list(this.at('definition', document, position, token), toLocation),
      }),
      languages.registerReferenceProvider(language, {
        provideReferences: (document, position, context, token) =>
          list(this.at('references', document, position, token, { context }), toLocation),
      }),
      languages.registerDocumentHighlightProvider(language, {
        provideDocumentHighlights: (document, position, token) =>
          list(this.at('documentHighlight', document, position, token), ({ range, kind }) =>
            new vscode.DocumentHighlight(toRange(range), kind - 1)),
      }),
      languages.registerDocumentSymbolProvider(language, {
        provideDocumentSymbols: (document, token) =>
          list(this.ask('documentSymbol', document, {}, token), toSymbol),
      }),
      languages.registerFoldingRangeProvider(language, {
        provideFoldingRanges: (document, _, token) =>
          list(this.ask('foldingRange', document, {}, token), ({ startLine, endLine, kind }) =>
            new vscode.FoldingRange(startLine, endLine,
              kind === 'comment' ? vscode.FoldingRangeKind.Comment : vscode.FoldingRangeKind.Region)),
      }),
      languages.registerSelectionRangeProvider(language, {
        provideSelectionRanges: (document, positions, token) =>
          list(this.ask('selectionRange', document, { positions: positions.map(fromPosition) }, token),
            toSelection),
      }),
      languages.registerInlayHintsProvider(language, {
        provideInlayHints: (document, range, token) =>
          list(this.ask('inlayHint', document, { range: fromRange(range) }, token), (item) => {
            const hint = new vscode.InlayHint(toPosition(item.position), item.label);
            hint.paddingLeft = item.paddingLeft;
            return hint;
          }),
      }),
      languages.registerCodeLensProvider(language, {
        provideCodeLenses: (document, token) =>
          list(this.ask('codeLens', document, {}, token), ({ range, command }) =>
            new vscode.CodeLens(toRange(range), command)),
      }),
      languages.registerCodeActionsProvider(language, {
        provideCodeActions: (document, range, { only }, token) =>
          list(this.ask('codeAction', document, {
            range: fromRange(range),
            context: { diagnostics: [], only: only ? [only.value] : undefined },
          }, token), toAction),
      }, { providedCodeActionKinds: this.server.codeActionProvider.codeActionKinds.map((kind) =>
        vscode.CodeActionKind.Empty.append(kind)) }),
      languages.registerDocumentFormattingEditProvider(language, {
        provideDocumentFormattingEdits: (document, options, token) =>
          list(this.ask('formatting', document, {
            options: { tabSize: options.tabSize, insertSpaces: options.insertSpaces },
          }, token), toTextEdit),
      }),
      languages.registerDocumentRangeFormattingEditProvider(language, {
        provideDocumentRangeFormattingEdits: (document, range, options, token) =>
          list(this.ask('rangeFormatting', document, {
            range: fromRange(range),
            options: { tabSize: options.tabSize, insertSpaces: options.insertSpaces },
          }, token), toTextEdit),
      }),
      languages.registerDocumentLinkProvider(language, {
        provideDocumentLinks: (document, token) =>
          list(this.ask('documentLink', document, {}, token), ({ range, target }) =>
            new vscode.DocumentLink(toRange(range), vscode.Uri.parse(target))),
      }),
      languages.registerSignatureHelpProvider(language, {
        provideSignatureHelp: async (document, position, token) => {
          const help = await this.at('signatureHelp', document, position, token);
          return help && toSignatureHelp(help);
        },
      }, ...this.server.signatureHelpProvider.triggerCharacters),
      languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: (query, token) =>
          list(this.connection.request('workspace/symbol', { query }, token), (item) =>
            new vscode.SymbolInformation(
              item.name, item.kind - 1, item.containerName || '', toLocation(item.location))),
      }),
      languages.registerDocumentSemanticTokensProvider(language, {
        provideDocumentSemanticTokens: async (document, token) => {
          const tokens = await this.ask('semanticTokens/full', document, {}, token);
          return new vscode.SemanticTokens(new Uint32Array(tokens.data), tokens.resultId);
        },
        provideDocumentSemanticTokensEdits: async (document, previousResultId, token) => {
          const tokens = await this.ask('semanticTokens/full/delta', document, { previousResultId }, token);
          if (!tokens.edits) {
            return new vscode.SemanticTokens(new Uint32Array(tokens.data), tokens.resultId);
          }
          return new vscode.SemanticTokensEdits(tokens.edits.map(({ start, deleteCount, data }) =>
            new vscode.SemanticTokensEdit(start, deleteCount, new Uint32Array(data))), tokens.resultId);
        },
      }, new vscode.SemanticTokensLegend(legend.tokenTypes, legend.tokenModifiers)),
    ];
  }
}

module.exports = { Providers, capabilities, toDiagnostic };
