"""Helix's configuration is what it should be, and the server serves a client that behaves as Helix does."""

import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import traceback
import urllib.parse

from client import Client

ROOT = pathlib.Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "tests/samples/etcdraft/etcdraft.tla"
STRICT_PROMPT = ROOT / "tests/samples/strict/etcdraft.prompt"
CONFIGURATION = tomllib.loads((ROOT / "editors/helix/languages.toml").read_text())
LANGUAGES = {language["name"]: language for language in CONFIGURATION["language"]}


def command():
    server = CONFIGURATION["language-server"]["tla-contract"]
    return [server["command"], *server["args"]]


def rule(finding):
    return finding["code"]


class Session:
    """A folder with the sample, the server started there by the configuration, and a good end."""

    def __init__(self, prompt=None, encodings=None):
        self.encodings = encodings
        self.folder = pathlib.Path(tempfile.mkdtemp()).resolve()
        shutil.copy(SAMPLE, self.folder)
        if prompt:
            shutil.copy(prompt, self.folder / "etcdraft.prompt.md")

    def __enter__(self):
        options = CONFIGURATION["language-server"]["tla-contract"]["config"]
        self.client = Client(command(), self.folder, options, self.encodings)
        return self.client, self.folder

    def __exit__(self, kind, problem, trace):
        if problem:
            self.client.kill()
        else:
            assert self.client.stop() == 0, "the server ends with 0"
        shutil.rmtree(self.folder)


def the_configuration_gives_both_languages_the_server():
    assert command() == ["tla-contract", "serve", "--stdio"], command()
    assert set(LANGUAGES) == {"tlaplus", "tla-contract-prompt", "tla-contract-settings"}, set(LANGUAGES)
    for language in LANGUAGES.values():
        assert language["language-servers"] == ["tla-contract"], language
    assert "file-types" not in LANGUAGES["tlaplus"], "Helix itself knows them"


def prompt_files_are_recognised():
    globs = [entry["glob"] for entry in LANGUAGES["tla-contract-prompt"]["file-types"]]
    matches = lambda name: any(fnmatch.fnmatch(name, glob) for glob in globs)
    assert matches("raft.prompt.md") and matches("raft.prompt.txt")
    assert not matches("README.md") and not matches("raft.tla")


def there_are_queries_for_every_language():
    for name, language in LANGUAGES.items():
        highlights = ROOT / "grammars/queries" / name / "highlights.scm"
        assert highlights.is_file(), highlights
        # Those of another grammar are taken over from it.
        if "grammar" in language:
            assert highlights.read_text().strip() == f"; inherits: {language['grammar']}", name


def the_page_shows_commands_that_there_are():
    page = (ROOT / "editors/helix/README.md").read_text()
    with Session() as (client, _):
        commands = client.initialized["capabilities"]["executeCommandProvider"]["commands"]
    assert sorted(set(re.findall(r"tla-contract\.[a-z]+[A-Z]\w+", page))) == sorted(commands), commands


def the_server_counts_as_helix_likes_best():
    with Session() as (client, _):
        capabilities = client.initialized["capabilities"]
        assert capabilities["positionEncoding"] == "utf-8", capabilities
        assert capabilities["diagnosticProvider"]["identifier"] == "tla-contract", capabilities


def findings_come_on_request_and_are_those_of_the_command_line():
    with Session() as (client, folder):
        uri = client.open(folder / "etcdraft.tla", "tlaplus")
        shown = [
            (client.offset(uri, f["range"]["start"]), client.offset(uri, f["range"]["end"]), rule(f), f["message"])
            for f in client.findings(uri)
        ]
        reported = subprocess.run(
            ["tla-contract", "check", "--format", "json", folder / "etcdraft.tla"], capture_output=True, check=False
        )
        findings = json.loads(reported.stdout)["files"][0]["findings"]
        expected = [
            (f["range"]["start"]["byte"], f["range"]["end"]["byte"], f["rule"], f["message"]) for f in findings
        ]
        assert sorted(shown) == sorted(expected), f"{shown}\n{expected}"
        assert "reply/fence" in [name for _, _, name, _ in shown], shown
        assert client.pushed == [], "nothing is pushed to a client that asks"


def columns_are_right_behind_other_scripts_in_every_encoding():
    marked = {}
    for encoding in ["utf-8", "utf-32", "utf-16"]:
        with Session(encodings=[encoding]) as (client, folder):
            assert client.encoding == encoding, client.initialized["capabilities"]
            path = folder / "Clock.tla"
            path.write_text("---- MODULE Clock ----\n(* 【🚀】 *) Tick == Tock\n====\n")
            uri = client.open(path, "tlaplus")
            finding = next(f for f in client.findings(uri) if rule(f) == "name/unknown-name")
            start, end = (client.offset(uri, finding["range"][side]) for side in ("start", "end"))
            assert client.texts[uri][start:end] == b"Tock", finding
            marked[encoding] = finding["range"]["start"]["character"]
    assert len(set(marked.values())) == 3, f"the encodings differ: {marked}"


def every_workspace_command_runs_without_arguments():
    with Session(STRICT_PROMPT) as (client, folder):
        prompt = client.open(folder / "etcdraft.prompt.md", "tla-contract-prompt")
        module = client.open(folder / "etcdraft.tla", "tlaplus")
        client.findings(module)
        commands = client.initialized["capabilities"]["executeCommandProvider"]["commands"]
        assert "tla-contract.repairPrompt" in commands, commands
        for command in commands:
            heard = len(client.shown) + len(client.said)
            before = client.texts[module]
            try:
                client.execute(command)
            except RuntimeError:
                # What is lacking is said in the editor too; Helix keeps errors in its log.
                pass
            seen = lambda: len(client.shown) + len(client.said) > heard or client.texts[module] != before
            eventually(f"something to be seen of {command}", seen)
        assert prompt not in [page["uri"] for page in client.shown]


def answers_of_commands_open_as_files():
    with Session(STRICT_PROMPT) as (client, folder):
        client.findings(client.open(folder / "etcdraft.tla", "tlaplus"))
        # As Helix fills in "%{buffer_name}".
        client.execute("tla-contract.repairPrompt", ["etcdraft.tla", {"maxFindings": 2}])
        values = {"focus": "elections", "file_path": "raft.go", "source_code": {"files": ["raft.go"]}}
        (folder / "raft.go").write_text("func tick() {}\n")
        eventually("the prompt for repair", lambda: len(client.shown) == 1)
        client.execute("tla-contract.renderPrompt", ["etcdraft.prompt.md", values])
        eventually("the rendered prompt", lambda: len(client.shown) == 2)
        client.execute("tla-contract.showContract")
        eventually("the contract", lambda: len(client.shown) == 3)
        client.execute("tla-contract.checkWorkspace")
        eventually("the findings", lambda: len(client.shown) == 4)
        repair, rendered, contract, checked = (text_of(page["uri"]) for page in client.shown)
        assert "etcdraft" in repair, repair
        assert "elections" in rendered and "func tick() {}" in rendered, rendered
        assert "- met: Messages" in contract, contract
        assert f"{folder}/etcdraft.tla:1:1: " in checked, checked


def a_path_means_the_open_text_of_that_file():
    with Session() as (client, folder):
        path = folder / "etcdraft.tla"
        uri = client.open(path, "tlaplus")
        path.write_text("---- MODULE Other ----\n====\n")
        assert client.execute("tla-contract.showContract", [str(path)])["module"] == "etcdraft"
        assert client.execute("tla-contract.showContract", ["etcdraft.tla"])["module"] == "etcdraft"
        assert client.execute("tla-contract.showContract", [uri])["module"] == "etcdraft"


def what_a_command_lacks_is_said():
    with Session() as (client, _):
        try:
            client.execute("tla-contract.renderPrompt", ["etcdraft"])
            raise AssertionError("values are missing")
        except RuntimeError as problem:
            assert "source_code" in str(problem), problem
        eventually("the words", lambda: any("source_code" in words for words in client.said))


def text_of(uri):
    return pathlib.Path(urllib.parse.unquote(urllib.parse.urlparse(uri).path)).read_text()


def eventually(what, condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.01)


def a_fix_inserts_the_missing_extends_modules():
    with Session(STRICT_PROMPT) as (client, folder):
        uri = client.open(folder / "etcdraft.tla", "tlaplus")
        before = client.texts[uri]
        finding = next(f for f in client.findings(uri) if rule(f) == "contract/missing-extends")
        action = next(a for a in client.actions(uri, finding) if "missing modules" in a["title"])
        client.apply(action["edit"])
        expected = before.replace(b"EXTENDS Naturals, FiniteSets\n", EXTENDED)
        assert client.texts[uri] == expected, client.texts[uri][:400].decode()
        assert "contract/missing-extends" not in [rule(f) for f in client.findings(uri)]


EXTENDED = b"EXTENDS Naturals, FiniteSets, TLC, Sequences\n"


def all_safe_fixes_do_what_the_command_line_does():
    with Session() as (client, folder):
        uri = client.open(folder / "etcdraft.tla", "tlaplus")
        client.findings(uri)
        before = client.texts[uri]
        client.execute("tla-contract.fixAll", [uri])
        eventually("the edit", lambda: client.texts[uri] != before)
        subprocess.run(["tla-contract", "fix", folder / "etcdraft.tla"], capture_output=True, check=False)
        assert client.texts[uri] == (folder / "etcdraft.tla").read_bytes(), client.texts[uri].decode()


def a_prompt_is_open_under_its_own_language():
    with Session(STRICT_PROMPT) as (client, folder):
        prompt = client.open(folder / "etcdraft.prompt.md", "tla-contract-prompt")
        contract = client.execute("tla-contract.showContract", [prompt])
        assert contract["module"] == "etcdraft", contract
        specification = client.open(folder / "etcdraft.tla", "tlaplus")
        shown = client.execute("tla-contract.showContract", [specification])
        assert shown["prompt"]["uri"] == prompt, shown["prompt"]


def a_misspelt_placeholder_is_found_in_a_prompt():
    with Session() as (client, folder):
        path = folder / "raft.prompt.txt"
        path.write_text("Write TLA+ for {focus} and {sorce_code}.\n")
        findings = client.findings(client.open(path, "tla-contract-prompt"))
        assert "prompt/unknown-placeholder" in [rule(f) for f in findings], findings


def a_mistake_is_found_in_the_settings():
    with Session() as (client, folder):
        path = folder / "tla-contract.toml"
        path.write_text('[[prompt]]\nfile = "none.prompt.md"\nspecs = 3\n')
        assert client.findings(client.open(path, "tla-contract-settings")), "there is a finding"


TESTS = [
    the_configuration_gives_both_languages_the_server,
    prompt_files_are_recognised,
    the_server_counts_as_helix_likes_best,
    findings_come_on_request_and_are_those_of_the_command_line,
    columns_are_right_behind_other_scripts_in_every_encoding,
    every_workspace_command_runs_without_arguments,
    answers_of_commands_open_as_files,
    a_path_means_the_open_text_of_that_file,
    what_a_command_lacks_is_said,
    the_page_shows_commands_that_there_are,
    there_are_queries_for_every_language,
    a_fix_inserts_the_missing_extends_modules,
    all_safe_fixes_do_what_the_command_line_does,
    a_prompt_is_open_under_its_own_language,
    a_misspelt_placeholder_is_found_in_a_prompt,
    a_mistake_is_found_in_the_settings,
]


def main():
    passed = failed = 0
    wanted = os.environ.get("TEST", "")
    for test in TESTS:
        name = test.__name__.replace("_", " ")
        if wanted not in name:
            continue
        started = time.monotonic()
        problem = None
        try:
            test()
        except Exception:
            problem = traceback.format_exc()
        spent = round((time.monotonic() - started) * 1000)
        passed, failed = passed + (problem is None), failed + (problem is not None)
        print(f"helix: {'FAILED' if problem else 'ok    '} {name} ({spent} ms)", flush=True)
        if problem:
            print(problem, flush=True)
    print(f"helix: {passed} passed, {failed} failed")
    sys.exit(0 if failed == 0 and passed > 0 else 1)


main()
