"""The VS Code extension as a package, and its grammar. Run by scripts/test-editors; needs no server."""
import json
import pathlib
import re
import subprocess
import xml.etree.ElementTree as xml
import zipfile

import pytest

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Editors/vscode"
GRAMMAR = json.loads((FOLDER / "syntaxes/disbatch.tmLanguage.json").read_text())
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
VSIX = "{http://schemas.microsoft.com/developer/vsx-schema/2011}"


def build(folder):
    folder.mkdir()
    done = subprocess.run(
        [FOLDER / "build-vsix", folder], check=True, capture_output=True, text=True
    )
    return pathlib.Path(done.stdout.strip())


def test_the_package_is_whole_and_the_same_each_time(tmp_path):
    target = build(tmp_path / "one")
    assert target.read_bytes() == build(tmp_path / "two").read_bytes()
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        types = xml.fromstring(archive.read("[Content_Types].xml"))
        manifest = xml.fromstring(archive.read("extension.vsixmanifest"))
        package = json.loads(archive.read("extension/package.json"))
    # Open Packaging Conventions (ECMA-376 part 2): the types come first, each part has one, and
    # extensions are written without their dot.
    assert names[0] == "[Content_Types].xml" and len(names) == len(set(names))
    known = {each.get("Extension") for each in types.findall(f"{TYPES}Default")}
    assert {name.rsplit(".", 1)[-1] for name in names[1:]} <= known
    assert not any(each.startswith(".") for each in known)
    identity = manifest.find(f"{VSIX}Metadata/{VSIX}Identity")
    assert identity.get("Id") == package["name"] and identity.get("Version") == package["version"]
    assets = [each.get("Path") for each in manifest.iter(f"{VSIX}Asset")]
    assert assets == ["extension/package.json"] and set(assets) <= set(names)
    contributes = package["contributes"]
    paths = [package["main"], contributes["grammars"][0]["path"]]
    paths.append(contributes["languages"][0]["configuration"])
    assert {"extension/" + path.removeprefix("./") for path in paths} <= set(names)
    code = (FOLDER / "extension.js").read_text()
    assert all(f"'{each['command']}'" in code for each in contributes["commands"])
    required = re.findall(r"require\('\./(\w+)'\)", code + (FOLDER / "providers.js").read_text())
    assert {f"extension/{name}.js" for name in required} <= set(names)


def scopes(line):
    """The scopes of a line's parts; what goes on as a command is looked at as one."""
    for rule in GRAMMAR["patterns"]:
        match = re.match(rule["match"], line)
        if not match:
            continue
        parts = [(rule["name"], match[0])] if "name" in rule else []
        for group, capture in rule.get("captures", {}).items():
            text = match[int(group)]
            if not text:
                continue
            parts.append((capture["name"], text))
            if capture.get("patterns") == [{"include": "#command"}]:
                parts += [("shell", text)]
        return parts
    return []


@pytest.mark.parametrize(
    ("line", "shell", "keyword"),
    [
        ("( cd x ; prog ) &> log", "( cd x ; prog ) &> log", None),
        ("#DISBATCH PREFIX ( cd x ; ", "( cd x ; ", "PREFIX"),
        ("#DISBATCH suffix  ) > $DISBATCH_TASKID", " ) > $DISBATCH_TASKID", "suffix"),
        ("#DISBATCH REPEAT 5 start 3 step 2 prog -x", "prog -x", "REPEAT"),
        ("#DISBATCH REPEAT 5 start 3", None, "REPEAT"),
        ("#DISBATCH REPEAT 5 startle me", "startle me", "REPEAT"),
        ("#DISBATCH PERENGINE START stage in", "stage in", "PERENGINE"),
        ("#DISBATCH BARRIER CHECK key", None, "BARRIER"),
        ("#DISBATCH PREFX x", None, None),
        ("# a comment", None, None),
    ],
)
def test_the_grammar_hands_shell_text_on(line, shell, keyword):
    parts = scopes(line)
    assert [text for scope, text in parts if scope == "shell"] == ([shell] if shell else [])
    assert keyword in [text for _, text in parts] or keyword is None
    command = GRAMMAR["repository"]["command"]["patterns"]
    assert command[-1] == {"include": "source.shell"}
    assert re.search(command[0]["match"], "${DISBATCH_TASKID}")[0] == "${DISBATCH_TASKID}"
    assert len(parts) > 0
