'use strict';
// A connection to a language server: JSON-RPC in frames over a child process.
const { spawn } = require('child_process');

class Connection {
  /** Starts the server. `onNotification(method, params)` and `onEnd(reason)` hear what it says. */
  constructor(executable, args, onNotification, onEnd) {
    this.pending = new Map();
    this.nextId = 1;
    this.input = Buffer.alloc(0);
    this.onNotification = onNotification;
    this.onEnd = onEnd;
    this.isOpen = true;
    this.process = spawn(executable, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.process.on('error', (error) => this.end(error.message));
    this.process.on('exit', (code) => this.end(`it ended with status ${code}`));
    this.process.stdin.on('error', () => {});
    this.process.stdout.on('data', (data) => this.read(data));
    this.process.stderr.on('data', (data) => onNotification('stderr', data.toString()));
  }

  end(reason) {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const { reject } of this.pending.values()) reject(new Error(reason));
    this.pending.clear();
    this.onEnd(reason);
  }

  send(message) {
    if (!this.isOpen) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  notify(method, params) { this.send({ method, params }); }

  /** Sends a request; a cancellation token of VS Code cancels it. */
  request(method, params, token) {
    if (!this.isOpen) return Promise.reject(new Error('the language server is not running'));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.send({ id, method, params });
      if (token) token.onCancellationRequested(() => this.notify('$/cancelRequest', { id }));
    });
  }

  read(data) {
    this.input = Buffer.concat([this.input, data]);
    for (;;) {
      const head = this.input.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: *(\d+)/i.exec(this.input.toString('latin1', 0, head))[1]);
      if (this.input.length < head + 4 + length) return;
      const body = this.input.toString('utf8', head + 4, head + 4 + length);
      this.input = this.input.subarray(head + 4 + length);
      this.take(JSON.parse(body));
    }
  }

  take(message) {
    if (message.method) {
      if (message.id !== undefined) this.send({ id: message.id, result: null });
      this.onNotification(message.method, message.params);
      return;
    }
    const waiting = this.pending.get(message.id);
    if (!waiting) return;
    this.pending.delete(message.id);
    if (message.error) waiting.reject(Object.assign(new Error(message.error.message), message.error));
    else waiting.resolve(message.result);
  }

  async close() {
    if (!this.isOpen) return;
    try { await this.request('shutdown', null); } catch { /* it has ended by itself */ }
    this.notify('exit', null);
    this.process.stdin.end();
  }
}

module.exports = { Connection };
