"""Helix's configuration is what it should be, and the server serves a client that behaves as Helix does."""

import fnmatch
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import traceback

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

    def __init__(self, prompt=None):
        self.folder = pathlib.Path(tempfile.mkdtemp()).resolve()
        shutil.copy(SAMPLE, self.folder)
        if prompt:
            shutil.copy(prompt, self.folder / "etcdraft.prompt.md")

    def __enter__(self):
        self.client = Client(command(), self.folder)
        return self.client, self.folder

    def __exit__(self, kind, problem, trace):
        if problem:
            self.client.kill()
        else:
            assert self.client.stop() == 0, "the server ends with 0"
        shutil.rmtree(self.folder)


def the_configuration_gives_both_languages_the_server():
    assert command() == ["tla-contract", "serve", "--stdio"], command()
    assert set(LANGUAGES) == {"tlaplus", "tla-contract-prompt"}, set(LANGUAGES)
    for language in LANGUAGES.values():
        assert language["language-servers"] == ["tla-contract"], language
    assert "file-types" not in LANGUAGES["tlaplus"], "Helix itself knows them"


def prompt_files_are_recognised():
    globs = [entry["glob"] for entry in LANGUAGES["tla-contract-prompt"]["file-types"]]
    matches = lambda name: any(fnmatch.fnmatch(name, glob) for glob in globs)
    assert matches("raft.prompt.md") and matches("raft.prompt.txt")
    assert not matches("README.md") and not matches("raft.tla")


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


def columns_are_bytes_behind_other_scripts():
    with Session() as (client, folder):
        path = folder / "etcdraft.tla"
        path.write_text("【🚀】 here it is: ```tla\n" + path.read_text())
        uri = client.open(path, "tlaplus")
        findings = client.findings(uri)
        assert findings, "there are findings"
        for finding in findings:
            start, end = (client.offset(uri, finding["range"][side]) for side in ("start", "end"))
            client.texts[uri][start:end].decode()


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
        end = time.monotonic() + 10
        while client.texts[uri] == before and time.monotonic() < end:
            time.sleep(0.01)
        assert client.texts[uri] != before, "the edit came"
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


TESTS = [
    the_configuration_gives_both_languages_the_server,
    prompt_files_are_recognised,
    the_server_counts_as_helix_likes_best,
    findings_come_on_request_and_are_those_of_the_command_line,
    columns_are_bytes_behind_other_scripts,
    a_fix_inserts_the_missing_extends_modules,
    all_safe_fixes_do_what_the_command_line_does,
    a_prompt_is_open_under_its_own_language,
    a_misspelt_placeholder_is_found_in_a_prompt,
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
