"""The language server with the capabilities of real editors, by an independent client (pytest-lsp).

DISBATCH names the executable under test. Run by scripts/test-editors.
"""
import os
import pathlib
import tempfile

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

FOLDER = pathlib.Path(tempfile.mkdtemp())
SETTINGS = FOLDER / ".disbatchrc"
URI = (FOLDER / "Tasks").as_uri()
TEXT = """# a file
#DISBATCH PREFIX ( cd run ; ./prog\u0020
#DISBATCH SUFFIX  ) &> log_${DISBATCH_TASKID}
-a \U0001F600 1
#DISBATCH REPEAT 3 start 100 step 50 -b $DISBATCH_REPEAT_INDEX
#DISBATCH BARRIER check
-c
"""
EDITORS = ["visual-studio-code@1.65", "neovim@0.7", "neovim@0.11", "emacs@29"]


@pytest_lsp.fixture(
    params=EDITORS,
    config=ClientServerConfig(server_command=[os.environ["DISBATCH"], "lsp", "--stdio"]),
)
async def client(request, lsp_client: LanguageClient):
    lsp_client.watched = []

    @lsp_client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def register(params: lsp.RegistrationParams):
        lsp_client.watched += [registration.method for registration in params.registrations]

    SETTINGS.write_text("allow=DB4\n")
    await lsp_client.initialize_session(
        lsp.InitializeParams(capabilities=client_capabilities(request.param), root_uri=None)
    )
    lsp_client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(URI, "disbatch", 1, TEXT))
    )
    yield
    await lsp_client.shutdown_session()


DOCUMENT = lsp.TextDocumentIdentifier(URI)


def at(line, character):
    return {"text_document": DOCUMENT, "position": lsp.Position(line, character)}


async def findings(client):
    """The findings, as this editor gets them."""
    if client.capabilities.text_document.diagnostic:
        report = await client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(DOCUMENT))
        return report.items
    while URI not in client.diagnostics:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics[URI]


@pytest.mark.asyncio
async def test_findings_and_their_fix(client: LanguageClient):
    found = await findings(client)
    assert [(item.code, item.source) for item in found] == [("DB109", "disbatch")]
    assert found[0].range == lsp.Range(lsp.Position(5, 18), lsp.Position(5, 23))
    actions = await client.text_document_code_action_async(
        lsp.CodeActionParams(DOCUMENT, found[0].range, lsp.CodeActionContext(found))
    )
    if not client.capabilities.text_document.code_action.code_action_literal_support:
        assert actions == []
        return
    assert actions[0].kind == lsp.CodeActionKind.QuickFix


@pytest.mark.asyncio
async def test_changed_settings_are_taken_up(client: LanguageClient):
    await findings(client)
    client.diagnostics.clear()
    SETTINGS.write_text("allow=DB4\nwarn=DB109\n")
    change = lsp.FileEvent(SETTINGS.as_uri(), lsp.FileChangeType.Changed)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([change]))
    assert [item.severity for item in await findings(client)] == [lsp.DiagnosticSeverity.Warning]
    watchers = client.capabilities.workspace.did_change_watched_files
    asked = ["workspace/didChangeWatchedFiles"] if watchers and watchers.dynamic_registration else []
    assert client.watched == asked


@pytest.mark.asyncio
async def test_hover_shows_the_command(client: LanguageClient):
    hover = await client.text_document_hover_async(lsp.HoverParams(**at(3, 0)))
    command = "( cd run ; ./prog -a \U0001F600 1 ) &> log_${DISBATCH_TASKID}"
    assert command in hover.contents.value
    # The end is counted in the units that this editor agreed on.
    encoding = client.capabilities.general and client.capabilities.general.position_encodings
    end = {None: 7, "utf-8": 9}.get("utf-8" if encoding and "utf-8" in encoding else None, 7)
    assert hover.range.end == lsp.Position(3, end)


@pytest.mark.asyncio
async def test_completion(client: LanguageClient):
    result = await client.text_document_completion_async(lsp.CompletionParams(**at(7, 0)))
    assert [item.label for item in result.items][:2] == ["#DISBATCH PREFIX", "#DISBATCH SUFFIX"]


@pytest.mark.asyncio
async def test_places(client: LanguageClient):
    places = await client.text_document_definition_async(lsp.DefinitionParams(**at(3, 0)))
    assert [place.range.start.line for place in places] == [1, 2]
    uses = await client.text_document_references_async(
        lsp.ReferenceParams(context=lsp.ReferenceContext(False), **at(1, 12))
    )
    assert [use.range.start.line for use in uses] == [3, 4, 6]
    marks = await client.text_document_document_highlight_async(
        lsp.DocumentHighlightParams(**at(1, 12))
    )
    assert [mark.range.start.line for mark in marks] == [1, 3, 4, 6]


@pytest.mark.asyncio
async def test_structure(client: LanguageClient):
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(DOCUMENT))
    assert symbols[0].name == "Stage 1"
    folds = await client.text_document_folding_range_async(lsp.FoldingRangeParams(DOCUMENT))
    assert (folds[0].start_line, folds[0].end_line) == (0, 4)
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(lsp.InlayHintParams(DOCUMENT, whole))
    assert [hint.label for hint in hints] == [
        "#0", "#1..#3, index 100 to 200 step 50", "#4, waits for 4 tasks", "#5",
    ]
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(DOCUMENT))
    assert lenses[0].command.title == "5 tasks, preview"
    selection = await client.text_document_selection_range_async(
        lsp.SelectionRangeParams(DOCUMENT, [lsp.Position(3, 0)])
    )
    assert selection[0].parent
    tokens = await client.text_document_semantic_tokens_full_async(
        lsp.SemanticTokensParams(DOCUMENT)
    )
    assert len(tokens.data) % 5 == 0 and tokens.data


@pytest.mark.asyncio
async def test_an_edit_mends_and_formatting_works_then(client: LanguageClient):
    await findings(client)
    client.diagnostics.clear()
    client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(version=2, uri=URI),
            [
                lsp.TextDocumentContentChangePartial(
                    lsp.Range(lsp.Position(5, 18), lsp.Position(5, 23)), "CHECK"
                ),
                lsp.TextDocumentContentChangePartial(
                    lsp.Range(lsp.Position(1, 10), lsp.Position(1, 16)), "prefix"
                ),
            ],
        )
    )
    assert [item.code for item in await findings(client)] == ["DB116"]
    edits = await client.text_document_formatting_async(
        lsp.DocumentFormattingParams(DOCUMENT, lsp.FormattingOptions(2, True))
    )
    assert [edit.new_text for edit in edits] == ["PREFIX"]


def rewrite(client, text, version=2):
    client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(version=version, uri=URI),
            [lsp.TextDocumentContentChangeWholeDocument(text)],
        )
    )


@pytest.mark.asyncio
async def test_files(client: LanguageClient):
    (FOLDER / "input.csv").touch()
    rewrite(client, "prog < input.csv > gone\nprog < in")
    links = await client.text_document_document_link_async(lsp.DocumentLinkParams(DOCUMENT))
    assert [(link.range.start.character, link.range.end.character) for link in links] == [(7, 16)]
    assert links[0].target == (FOLDER / "input.csv").as_uri()
    result = await client.text_document_completion_async(lsp.CompletionParams(**at(1, 9)))
    assert [item.label for item in result.items] == ["input.csv"]


@pytest.mark.asyncio
async def test_writing(client: LanguageClient):
    rewrite(client, "#DISBATCH REPEAT 5 start 1 step \n# disbatch: ignore[DB203]\n")
    help = await client.text_document_signature_help_async(lsp.SignatureHelpParams(**at(0, 32)))
    assert help.active_parameter == 2
    page = await client.text_document_hover_async(lsp.HoverParams(**at(1, 21)))
    assert "DB203" in page.contents.value
    codes = await client.text_document_completion_async(lsp.CompletionParams(**at(1, 22)))
    assert "DB203" in [item.label for item in codes.items]


@pytest.mark.asyncio
async def test_all_documents(client: LanguageClient):
    reports = await client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams([]))
    assert [(item.kind, item.uri) for item in reports.items] == [("full", URI)]
    previous = [lsp.PreviousResultId(URI, reports.items[0].result_id)]
    reports = await client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams(previous))
    assert [item.kind for item in reports.items] == ["unchanged"]
    symbols = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("stage 2"))
    assert [symbol.name for symbol in symbols] == ["Stage 2"]


@pytest.mark.asyncio
async def test_a_range_is_formatted(client: LanguageClient):
    rewrite(client, "#DISBATCH prefix a \n#DISBATCH suffix  b\nrun\n")
    edits = await client.text_document_range_formatting_async(
        lsp.DocumentRangeFormattingParams(
            DOCUMENT, lsp.Range(lsp.Position(1, 0), lsp.Position(2, 0)), lsp.FormattingOptions(2, True)
        )
    )
    assert [edit.new_text for edit in edits] == ["SUFFIX"]


@pytest.mark.asyncio
async def test_commands(client: LanguageClient):
    text = await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("disbatch.expand", [URI])
    )
    assert text.startswith("( cd run ; ./prog -a")
    page = await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("disbatch.explain", ["DB109"])
    )
    assert page.startswith("# DB109")
