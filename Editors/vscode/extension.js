'use strict';
// Task files in VS Code: finds them, keeps the language server told, shows what it answers.
const vscode = require('vscode');
const { Connection } = require('./connection');
const { Providers, capabilities, toDiagnostic } = require('./providers');

const language = 'disbatch';
const detectedLines = 50;
/** Names of task files, as far as no other language claims them. */
const usualName = /(^|\/)([Tt]asks|[Tt]ask_?[Ff]ile[^/.]*)(\.txt)?$/;
let session;

/** One life of the server: the connection, and what was registered for it. */
class Session {
  constructor(context) {
    this.context = context;
    this.disposables = [];
    this.findings = vscode.languages.createDiagnosticCollection(language);
    this.log = vscode.window.createOutputChannel('disbatch');
    this.disposables.push(this.findings, this.log);
  }

  async start() {
    const executable = vscode.workspace.getConfiguration(language).get('executable', 'disbatch');
    this.connection = new Connection(
      executable, ['lsp', '--stdio'],
      (method, params) => this.hear(method, params),
      (reason) => this.ended(executable, reason));
    const { capabilities: server } = await this.connection.request('initialize', {
      processId: process.pid, rootUri: null, clientInfo: { name: 'Visual Studio Code' }, capabilities,
    });
    this.connection.notify('initialized', {});
    this.disposables.push(...new Providers(this.connection, server).register(language));
    const isOurs = (document) => document.languageId === language;
    this.disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.open(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (isOurs(document)) this.close(document);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (isOurs(event.document) && event.contentChanges.length) this.change(event);
      }));
    this.watchSettings();
    vscode.workspace.textDocuments.forEach((document) => this.open(document));
  }

  open(document) {
    if (document.languageId !== language) {
      detect(document);
      return;
    }
    this.connection.notify('textDocument/didOpen', {
      textDocument: {
        uri: document.uri.toString(), languageId: language,
        version: document.version, text: document.getText(),
      },
    });
  }

  /** Tells the server when a settings file comes, goes or changes. */
  watchSettings() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/.disbatchrc');
    const tell = (type) => (uri) => this.connection.notify(
      'workspace/didChangeWatchedFiles', { changes: [{ uri: uri.toString(), type }] });
    this.disposables.push(
      watcher, watcher.onDidCreate(tell(1)), watcher.onDidChange(tell(2)), watcher.onDidDelete(tell(3)));
  }

  close(document) {
    this.findings.delete(document.uri);
    this.connection.notify('textDocument/didClose', { textDocument: { uri: document.uri.toString() } });
  }

  change(event) {
    this.connection.notify('textDocument/didChange', {
      textDocument: { uri: event.document.uri.toString(), version: event.document.version },
      contentChanges: event.contentChanges.map(({ range, text }) => ({
        range: { start: { ...position(range.start) }, end: { ...position(range.end) } }, text,
      })),
    });
  }

  hear(method, params) {
    switch (method) {
      case 'textDocument/publishDiagnostics':
        this.findings.set(vscode.Uri.parse(params.uri), params.diagnostics.map(toDiagnostic));
        break;
      case 'window/showMessage': vscode.window.showInformationMessage(params.message, { modal: false }); break;
      case 'window/logMessage': this.log.appendLine(params.message); break;
      case 'stderr': this.log.append(params); break;
      default: break;
    }
  }

  ended(executable, reason) {
    if (this.isClosing) return;
    vscode.window.showErrorMessage(
      `disbatch: the language server '${executable} lsp' is not running: ${reason}`);
  }

  async stop() {
    this.isClosing = true;
    this.disposables.forEach((each) => each.dispose());
    if (this.connection) await this.connection.close();
  }
}

function position({ line, character }) { return { line, character }; }

/** Task files have any name: what tells them is a directive in one of the first lines. */
function detect(document) {
  if (!['plaintext', 'shellscript'].includes(document.languageId)) return;
  if (!vscode.workspace.getConfiguration(language).get('detect', true)) return;
  if (document.languageId === 'plaintext' && usualName.test(document.uri.path)) {
    vscode.languages.setTextDocumentLanguage(document, language);
    return;
  }
  for (let line = 0; line < Math.min(document.lineCount, detectedLines); line++) {
    if (document.lineAt(line).text.startsWith('#DISBATCH ')) {
      vscode.languages.setTextDocumentLanguage(document, language);
      return;
    }
  }
}

async function restart(context) {
  if (session) await session.stop();
  session = new Session(context);
  try {
    await session.start();
  } catch (error) {
    session.log.appendLine(String(error));
  }
}

async function showExpansion() {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !session) return;
  const content = await session.connection.request('workspace/executeCommand', {
    command: 'disbatch.expand', arguments: [editor.document.uri.toString()],
  });
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

/** Shows the page of a code: one that is given, of what was found here, or that is asked for. */
async function explain(code) {
  if (!session) return;
  const editor = vscode.window.activeTextEditor;
  const here = editor ? session.findings.get(editor.document.uri) || [] : [];
  const wanted = code || await vscode.window.showInputBox({
    prompt: 'The code of a finding, as DB203', value: here.length ? here[0].code : 'DB',
  });
  if (!wanted) return;
  const content = await session.connection.request('workspace/executeCommand', {
    command: 'disbatch.explain', arguments: [wanted],
  });
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('disbatch.restart', () => restart(context)),
    vscode.commands.registerCommand('disbatch.showExpansion', showExpansion),
    vscode.commands.registerCommand('disbatch.explain', explain),
    vscode.commands.registerCommand('disbatch.preview', (uri, line) =>
      session.connection.request('workspace/executeCommand', {
        command: 'disbatch.preview', arguments: [uri, line],
      })));
  await restart(context);
}

function deactivate() { return session ? session.stop() : undefined; }

module.exports = { activate, deactivate };
