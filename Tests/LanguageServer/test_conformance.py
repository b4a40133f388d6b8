"""Every message of the server against the types that are generated from the LSP meta model.

A message conforms if it can be read as its type and written again without a change: that finds
members that are missing, of a wrong type, or unknown. DISBATCH names the executable under test.
"""
import json
import os
import subprocess

import pytest
from lsprotocol import converters
from lsprotocol import types as lsp

CONVERTER = converters.get_converter()
URI = "file:///work/Tasks"
TEXT = (
    "# a\n# b\n#DISBATCH prefix p \n#DISBATCH PREFX x\none\nx 1\nx 2\n"
    "#DISBATCH REPEAT 3 y $DISBATCH_TASKID\n#DISBATCH BARRIER CHECK\nlast\n"
    "#DISBATCH PERENGINE STOP late\nnever\n"
)
CAPABILITIES = {
    "modern": {
        "general": {"positionEncodings": ["utf-8"]},
        "workspace": {"workspaceEdit": {"documentChanges": True}},
        "textDocument": {
            "hover": {"contentFormat": ["markdown"]},
            "completion": {"completionItem": {"snippetSupport": True}},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
                "isPreferredSupport": True,
            },
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
            "publishDiagnostics": {
                "relatedInformation": True, "versionSupport": True,
                "tagSupport": {"valueSet": [1]},
            },
        },
    },
    "old": {"textDocument": {"codeAction": {"codeActionLiteralSupport": {
        "codeActionKind": {"valueSet": []}}}}},
    "none": {},
}
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
DOCUMENT = {"textDocument": {"uri": URI}}


def requests():
    for line in range(13):
        for character in (0, 9, 12, 17, 24):
            place = {**DOCUMENT, "position": {"line": line, "character": character}}
            yield "textDocument/hover", place
            yield "textDocument/completion", place
            yield "textDocument/definition", place
            yield "textDocument/documentHighlight", place
            yield "textDocument/references", {**place, "context": {"includeDeclaration": True}}
    for name in ("codeLens", "documentSymbol", "foldingRange", "semanticTokens/full", "diagnostic"):
        yield f"textDocument/{name}", DOCUMENT
    for name in ("inlayHint", "semanticTokens/range"):
        yield f"textDocument/{name}", {**DOCUMENT, "range": RANGE}
    yield "textDocument/semanticTokens/full/delta", {**DOCUMENT, "previousResultId": "1"}
    yield "textDocument/selectionRange", {**DOCUMENT, "positions": [RANGE["start"]]}
    for only in (None, ["quickfix"], ["source.fixAll"], ["refactor"]):
        for first, last in ((0, 99), (5, 6), (7, 7)):
            context = {"diagnostics": [], **({"only": only} if only else {})}
            span = {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 1}}
            yield "textDocument/codeAction", {**DOCUMENT, "range": span, "context": context}
    yield "textDocument/formatting", {**DOCUMENT, "options": {"tabSize": 2, "insertSpaces": True}}
    yield "workspace/executeCommand", {"command": "disbatch.preview", "arguments": [URI, 1]}
    yield "textDocument/unheardOf", {}


class Server:
    def __init__(self):
        self.process = subprocess.Popen(
            [os.environ["DISBATCH"], "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.messages = []
        self.next_id = 0

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self):
        head = self.process.stdout.readline()
        assert head.startswith(b"Content-Length: "), head
        assert self.process.stdout.readline() == b"\r\n"
        message = json.loads(self.process.stdout.read(int(head.split()[1])))
        assert message["jsonrpc"] == "2.0"
        self.messages.append(message)
        return message

    def ask(self, method, params):
        self.next_id += 1
        self.send(id=self.next_id, method=method, params=params)
        while (message := self.read()).get("id") != self.next_id:
            pass
        return message

    def end(self):
        self.ask("shutdown", None)
        self.send(method="exit")
        return self.process.wait(10)


def conforms(message, kind):
    assert CONVERTER.unstructure(CONVERTER.structure(message, kind), kind) == message


@pytest.mark.parametrize("editor", CAPABILITIES)
def test_every_message_conforms(editor):
    server = Server()
    asked = {}
    params = {"processId": None, "rootUri": None, "capabilities": CAPABILITIES[editor]}
    asked[1] = "initialize"
    server.ask("initialize", params)
    server.send(method="initialized", params={})
    item = {"uri": URI, "languageId": "disbatch", "version": 1, "text": TEXT}
    server.send(method="textDocument/didOpen", params={"textDocument": item})
    for method, params in requests():
        asked[server.next_id + 1] = method
        server.ask(method, params)
    mended = {"text": TEXT.replace("PREFX", "PREFIX").replace("#DISBATCH PERENGINE STOP late\n", "")}
    version = {"uri": URI, "version": 2}
    server.send(
        method="textDocument/didChange",
        params={"textDocument": version, "contentChanges": [mended]},
    )
    for method, params in requests():
        asked[server.next_id + 1] = method
        server.ask(method, params)
    server.send(method="textDocument/didClose", params=DOCUMENT)
    assert server.end() == 0
    seen = set()
    for message in server.messages:
        if "method" in message:
            conforms(message, lsp.METHOD_TO_TYPES[message["method"]][0])
        elif "error" in message:
            conforms(message, lsp.ResponseErrorMessage)
        elif message["id"] in asked:
            method = asked[message["id"]]
            seen.add(method)
            if message["result"] is not None:
                conforms(message, lsp.METHOD_TO_TYPES[method][1])
    assert "textDocument/formatting" in seen and "textDocument/codeAction" in seen


def test_the_end_of_the_input_ends_the_server():
    server = Server()
    server.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    server.process.stdin.close()
    assert server.process.wait(10) == 1


def test_the_server_does_not_outlive_the_client_it_was_told_of():
    parent = subprocess.Popen(["sleep", "600"])
    server = Server()
    server.ask("initialize", {"processId": parent.pid, "rootUri": None, "capabilities": {}})
    assert server.process.poll() is None
    parent.kill()
    parent.wait()
    assert server.process.wait(10) == 1


@pytest.mark.parametrize("option", ["--socket=5000", "--pipe=/tmp/x", "--node-ipc", "Tasks"])
def test_other_ways_to_speak_are_refused(option):
    done = subprocess.run(
        [os.environ["DISBATCH"], "lsp", option], stdin=subprocess.DEVNULL, capture_output=True
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"stdin" in done.stderr or b"no file" in done.stderr
