"""Every message of the server against the types that are generated from the LSP meta model.

A message conforms if each of its values is of the type that the model gives it there: no member is
missing, unknown or of another type, no enumeration has another value. (lsprotocol's own reading is
laxer: it takes 5 for the contents of a hover.) DISBATCH names the executable under test.
"""
import collections.abc
import enum
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import types
import typing

import attrs
import pytest
from lsprotocol import types as lsp

FOLDER = pathlib.Path(tempfile.mkdtemp())
(FOLDER / ".disbatchrc").write_text("deny=nonsense\n")
(FOLDER / "input").write_text("")
URI = (FOLDER / "Tasks").as_uri()
TEXT = (
    "# a\n# b\n#DISBATCH prefix p \n#DISBATCH PREFX x\none\nx 1\nx 2\n"
    "#DISBATCH REPEAT 3 y $DISBATCH_TASKID\n#DISBATCH BARRIER CHECK\nlast\n"
    "( cd x; ./prog '\U0001f600' < input ) > out\ncd x; ./prog < input > out\n"
    "# disbatch: ignore[DB404]\n"
    "#DISBATCH PERENGINE STOP late\nnever\n"
)
CAPABILITIES = {
    "modern": {
        "general": {"positionEncodings": ["utf-8"]},
        "workspace": {
            "workspaceEdit": {"documentChanges": True},
            "didChangeWatchedFiles": {"dynamicRegistration": True},
        },
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
    for line in range(16):
        for character in (0, 9, 12, 17, 24):
            place = {**DOCUMENT, "position": {"line": line, "character": character}}
            yield "textDocument/hover", place
            yield "textDocument/completion", place
            yield "textDocument/definition", place
            yield "textDocument/signatureHelp", place
            yield "textDocument/documentHighlight", place
            yield "textDocument/references", {**place, "context": {"includeDeclaration": True}}
    for name in ("codeLens", "documentLink", "documentSymbol", "foldingRange", "semanticTokens/full", "diagnostic"):
        yield f"textDocument/{name}", DOCUMENT
    for name in ("inlayHint", "semanticTokens/range"):
        yield f"textDocument/{name}", {**DOCUMENT, "range": RANGE}
    yield "textDocument/semanticTokens/full/delta", {**DOCUMENT, "previousResultId": "1"}
    places = [{"line": line, "character": 8} for line in range(14)]
    yield "textDocument/selectionRange", {**DOCUMENT, "positions": places}
    yield "workspace/diagnostic", {"previousResultIds": []}
    yield "workspace/symbol", {"query": ""}
    for only in (None, ["quickfix"], ["source.fixAll"], ["refactor"]):
        for first, last in ((0, 99), (5, 6), (7, 7)):
            context = {"diagnostics": [], **({"only": only} if only else {})}
            span = {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 1}}
            yield "textDocument/codeAction", {**DOCUMENT, "range": span, "context": context}
    options = {"options": {"tabSize": 2, "insertSpaces": True}}
    yield "textDocument/formatting", {**DOCUMENT, **options}
    yield "textDocument/rangeFormatting", {**DOCUMENT, **options, "range": RANGE}
    yield "workspace/executeCommand", {"command": "disbatch.preview", "arguments": [URI, 1]}
    yield "workspace/executeCommand", {"command": "disbatch.expand", "arguments": [URI]}
    yield "workspace/executeCommand", {"command": "disbatch.explain", "arguments": ["DB101"]}
    yield "textDocument/unheardOf", {}


class Server:
    def __init__(self, *options):
        self.process = subprocess.Popen(
            [os.environ["DISBATCH"], "lsp", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE
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


def fault(value, kind, where="$"):
    """Why a JSON value is not of a type; None where it is."""
    wrong = f"{where}: {json.dumps(value)[:80]} is no {kind}"
    if kind is typing.Any or kind is object or isinstance(kind, typing.ForwardRef):
        return None
    if kind is None or kind is type(None):
        return None if value is None else wrong
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        faults = [fault(value, part, where) for part in parts]
        return None if None in faults else max(faults, key=len)
    if origin is typing.Literal:
        return None if value in parts else wrong
    if origin is tuple:
        if not isinstance(value, list) or len(value) != len(parts):
            return wrong
        return first(fault(value[n], part, f"{where}[{n}]") for n, part in enumerate(parts))
    if origin in (list, collections.abc.Sequence):
        if not isinstance(value, list):
            return wrong
        return first(fault(each, parts[0], f"{where}[{n}]") for n, each in enumerate(value))
    if origin in (dict, collections.abc.Mapping):
        if not isinstance(value, dict):
            return wrong
        return first(fault(each, parts[1], f"{where}.{key}") for key, each in value.items())
    if attrs.has(kind):
        return fault_of_object(value, kind, where)
    if issubclass(kind, enum.Enum):
        return None if value in [each.value for each in kind] else wrong
    if kind in (int, float):
        is_number = isinstance(value, (int, float) if kind is float else int)
        return None if is_number and not isinstance(value, bool) else wrong
    return None if isinstance(value, kind) else wrong


def fault_of_object(value, kind, where):
    if not isinstance(value, dict):
        return f"{where}: {json.dumps(value)[:80]} is no {kind.__name__}"
    hints = typing.get_type_hints(kind, vars(lsp))
    fields = {}
    for field in attrs.fields(kind):
        first_word, *words = field.name.rstrip("_").split("_")
        fields[first_word + "".join(word.capitalize() for word in words)] = field
    for name in value:
        if name not in fields:
            return f"{where}: {kind.__name__} has no member {name}"
    for name, field in fields.items():
        if name not in value:
            if field.default is attrs.NOTHING:
                return f"{where}: {kind.__name__} needs {name}"
        elif found := fault(value[name], hints[field.name], f"{where}.{name}"):
            return found
        elif field.validator and isinstance(value[name], int):
            # Whole numbers of the model have bounds, as those from 0 of positions.
            try:
                field.validator(None, field, value[name])
            except ValueError as error:
                return f"{where}.{name}: {error}"
    return None


def first(faults):
    return next((found for found in faults if found), None)


def conforms(message, kind):
    assert fault(message, kind) is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"contents": 5}, lsp.Hover),
        ({"contents": {"kind": "html", "value": ""}}, lsp.Hover),
        ({"contents": "x", "range": {"start": {"line": 0}}}, lsp.Hover),
        ({"contents": "x", "more": 1}, lsp.Hover),
        ({"range": RANGE, "message": "x", "severity": 9}, lsp.Diagnostic),
        ({"range": RANGE, "message": "x", "tags": [1, "2"]}, lsp.Diagnostic),
        ({"range": RANGE, "severity": 1}, lsp.Diagnostic),
        ({"line": -1, "character": 0}, lsp.Position),
    ],
)
def test_what_does_not_conform_is_seen(value, kind):
    assert fault(value, kind)


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


@pytest.mark.parametrize("is_said_before", [False, True])
def test_the_server_does_not_outlive_the_client_it_was_told_of(is_said_before):
    parent = subprocess.Popen(["sleep", "600"])
    said = parent.pid if not is_said_before else None
    server = Server(*([f"--clientProcessId={parent.pid}"] if is_said_before else []))
    server.ask("initialize", {"processId": said, "rootUri": None, "capabilities": {}})
    assert server.process.poll() is None
    parent.kill()
    parent.wait()
    assert server.process.wait(10) == 1


def test_a_client_that_is_gone_already_ends_the_server():
    parent = subprocess.Popen(["true"])
    parent.wait()
    server = Server()
    server.ask("initialize", {"processId": parent.pid, "rootUri": None, "capabilities": {}})
    assert server.process.wait(10) == 1


def test_a_signal_ends_the_server():
    server = Server()
    server.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    server.process.terminate()
    assert server.process.wait(10) == -signal.SIGTERM


def test_an_exit_without_shutdown_is_a_failure():
    server = Server()
    server.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    server.send(method="exit")
    assert server.process.wait(10) == 1


@pytest.mark.parametrize("seed", range(20))
def test_a_broken_stream_brings_whole_frames_and_an_end(seed):
    chance = random.Random(seed)
    item = {"uri": URI, "languageId": "disbatch", "version": 1, "text": TEXT}
    messages = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {}}},
        {"method": "textDocument/didOpen", "params": {"textDocument": item}},
        *({"id": n, "method": method, "params": params}
          for n, (method, params) in enumerate(chance.choices(list(requests()), k=30), 2)),
    ]
    stream = bytearray()
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        frame = bytearray(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        for _ in range(chance.choice([0, 0, 0, 1, 3])):
            place = chance.randrange(len(frame))
            frame[place:place + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        stream += frame
    done = subprocess.run(
        [os.environ["DISBATCH"], "lsp"], input=bytes(stream), capture_output=True, timeout=60
    )
    assert done.returncode == 1 and done.stderr == b""
    left = done.stdout
    while left:
        head, left = left.split(b"\r\n\r\n", 1)
        length = int(head.removeprefix(b"Content-Length: "))
        assert json.loads(left[:length])["jsonrpc"] == "2.0"
        left = left[length:]


@pytest.mark.parametrize("option", ["--socket=5000", "--pipe=/tmp/x", "--node-ipc", "Tasks"])
def test_other_ways_to_speak_are_refused(option):
    done = subprocess.run(
        [os.environ["DISBATCH"], "lsp", option], stdin=subprocess.DEVNULL, capture_output=True
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"stdin" in done.stderr or b"no file" in done.stderr
