'use strict';
// The VS Code extension against the real server, with a stand-in for VS Code's own module.
// Run by scripts/test-editors: node vscode.js
const assert = require('assert');
const fs = require('fs');
const Module = require('module');
const path = require('path');

class Plain { constructor(...parts) { this.parts = parts; } }
class Position { constructor(line, character) { Object.assign(this, { line, character }); } }
class Range { constructor(start, end) { Object.assign(this, { start, end }); } }
class Diagnostic {
  constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}
class Symbols { constructor(name, detail, kind) { Object.assign(this, { name, detail, kind }); } }
class Item { constructor(label, kind) { Object.assign(this, { label, kind }); } }
class Edit { constructor(range, newText) { Object.assign(this, { range, newText }); } }
class Action { constructor(title, kind) { Object.assign(this, { title, kind }); } }
class WorkspaceEdit { set(uri, edits) { Object.assign(this, { uri, edits }); } }

const providers = {};
const listeners = {};
const commands = {};
const shown = [];
const found = new Map();
let heard = () => {};
const disposable = { dispose() {} };
const on = (name) => (listener) => { listeners[name] = listener; return disposable; };
const kind = { append: (value) => value };
const vscode = {
  Position, Range, Diagnostic, TextEdit: Edit, DocumentSymbol: Symbols, CompletionItem: Item,
  CodeAction: Action, WorkspaceEdit, Location: Plain, Hover: Plain, MarkdownString: Plain,
  SnippetString: Plain, DocumentHighlight: Plain, FoldingRange: Plain, SelectionRange: Plain,
  InlayHint: class { constructor(position, label) { Object.assign(this, { position, label }); } },
  CodeLens: class { constructor(range, command) { Object.assign(this, { range, command }); } },
  SemanticTokens: class { constructor(data, resultId) { Object.assign(this, { data, resultId }); } },
  SemanticTokensEdits: Plain, SemanticTokensEdit: Plain, SemanticTokensLegend: Plain,
  DocumentLink: class { constructor(range, target) { Object.assign(this, { range, target }); } },
  SignatureHelp: class {}, SignatureInformation: Plain, ParameterInformation: Plain,
  SymbolInformation: class { constructor(name, kind) { Object.assign(this, { name, kind }); } },
  DiagnosticRelatedInformation: Plain, CodeActionKind: { Empty: kind },
  FoldingRangeKind: { Comment: 1, Region: 3 }, ViewColumn: { Beside: -2 },
  Uri: { parse: (text) => ({ toString: () => text, path: text.replace(/^file:\/\//, '') }) },
  languages: new Proxy({
    createDiagnosticCollection: () => ({
      set: (uri, items) => { found.set(uri.toString(), items); heard(items); },
      delete() {}, dispose() {},
    }),
    setTextDocumentLanguage: (document, language) => { document.languageId = language; },
  }, {
    get: (own, name) => own[name] || ((...parts) => {
      // Providers of symbols of the workspace are for no one language.
      providers[name] = parts.find((part) => typeof part === 'object');
      return disposable;
    }),
  }),
  workspace: {
    textDocuments: [],
    getConfiguration: () => ({ get: (name, other) => name === 'executable' ? process.env.DISBATCH : other }),
    onDidOpenTextDocument: on('open'), onDidCloseTextDocument: on('close'),
    onDidChangeTextDocument: on('change'),
    createFileSystemWatcher: (pattern) => {
      assert.strictEqual(pattern, '**/.disbatchrc');
      return {
        onDidCreate: on('settingsCreated'), onDidChange: on('settingsChanged'),
        onDidDelete: on('settingsDeleted'), dispose() {},
      };
    },
    openTextDocument: async ({ content }) => { shown.push(content); return { content }; },
  },
  window: {
    createOutputChannel: () => ({ append() {}, appendLine() {}, dispose() {} }),
    showErrorMessage: (message) => { throw new Error(message); },
    showInformationMessage() {},
    showTextDocument: async () => {},
  },
  commands: { registerCommand: (name, body) => { commands[name] = body; return disposable; } },
};

const load = Module._load;
Module._load = (name, ...rest) => name === 'vscode' ? vscode : load(name, ...rest);
const extension = require(path.join(__dirname, '../../Editors/vscode/extension.js'));

const lines = ['#DISBATCH PREFIX ./prog --seed ', '1', '#DISBATCH BARRIER check', ''];
const document = {
  uri: vscode.Uri.parse(`file://${process.env.WORK}/Tasks`), languageId: 'plaintext', version: 1,
  lineCount: lines.length, lineAt: (line) => ({ text: lines[line] }), getText: () => lines.join('\n'),
};
const findings = () => new Promise((resolve) => { heard = resolve; });

async function main() {
  await extension.activate({ subscriptions: [] });
  const opened = (name, text) => {
    const other = {
      uri: vscode.Uri.parse(`file://${process.env.WORK}/${name}`), languageId: 'plaintext', version: 1,
      lineCount: 1, lineAt: () => ({ text }), getText: () => text,
    };
    listeners.open(other);
    return other.languageId === 'disbatch';
  };
  for (const name of ['Tasks', 'tasks', 'TaskFile', 'taskfile', 'task_file', 'task_file_1', 'tasks.txt']) {
    assert.ok(opened(name, './prog 1'), name);
  }
  for (const name of ['notes.txt', 'mytasks', 'task_file.py', 'Taskfile.yml']) {
    assert.ok(!opened(name, './prog 1'), name);
    assert.ok(opened(name, '#DISBATCH BARRIER'), name);
  }
  let next = findings();
  listeners.open(document);
  assert.strictEqual(document.languageId, 'disbatch', 'detected by its first lines');
  listeners.open(document);
  assert.deepStrictEqual((await next).map(({ code, severity }) => [code, severity]), [['DB109', 0]]);

  const hover = await providers.registerHoverProvider.provideHover(document, new Position(1, 0));
  assert.match(hover.parts[0].parts[0], /^```sh\n\.\/prog --seed 1\n```/);
  const items = await providers.registerCompletionItemProvider
    .provideCompletionItems(document, new Position(3, 0));
  assert.strictEqual(items[0].label, '#DISBATCH PREFIX');
  const actions = await providers.registerCodeActionsProvider.provideCodeActions(
    document, new Range(new Position(2, 18), new Position(2, 20)), {});
  assert.strictEqual(actions[0].edit.edits[0].newText, 'CHECK');
  const hints = await providers.registerInlayHintsProvider.provideInlayHints(
    document, new Range(new Position(0, 0), new Position(3, 0)));
  assert.deepStrictEqual(hints.map(({ label }) => label), ['#0', '#1, waits for 1 task']);
  const lenses = await providers.registerCodeLensProvider.provideCodeLenses(document);
  assert.strictEqual(lenses[0].command.title, '1 task, preview');
  const symbols = await providers.registerDocumentSymbolProvider.provideDocumentSymbols(document);
  assert.strictEqual(symbols[0].name, 'Stage 1');
  const tokens = await providers.registerDocumentSemanticTokensProvider
    .provideDocumentSemanticTokens(document);
  assert.ok(tokens.data.length > 0 && tokens.data.length % 5 === 0);

  const links = await providers.registerDocumentLinkProvider.provideDocumentLinks(document);
  assert.deepStrictEqual(links, []);
  const found = await providers.registerWorkspaceSymbolProvider.provideWorkspaceSymbols('stage 1');
  assert.deepStrictEqual(found.map(({ name }) => name), ['Stage 1']);
  await commands['disbatch.explain']('DB109');
  assert.match(shown.pop(), /^# DB109/);

  next = findings();
  fs.writeFileSync(`${process.env.WORK}/.disbatchrc`, 'allow=DB4\nwarn=DB109\n');
  listeners.settingsChanged({ toString: () => `file://${process.env.WORK}/.disbatchrc` });
  assert.deepStrictEqual((await next).map(({ severity }) => severity), [1]);

  next = findings();
  document.version = 2;
  const range = new Range(new Position(2, 18), new Position(2, 23));
  listeners.change({ document, contentChanges: [{ range, text: 'CHECK' }] });
  assert.deepStrictEqual(await next, []);
  const edits = await providers.registerDocumentFormattingEditProvider
    .provideDocumentFormattingEdits(document, { tabSize: 2, insertSpaces: true });
  assert.deepStrictEqual(edits, []);

  await extension.deactivate();
  console.log('vscode: everything as it should be');
}

main().catch((error) => {
  console.error(`vscode: ${error.stack}`);
  process.exit(1);
});
