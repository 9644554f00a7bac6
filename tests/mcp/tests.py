"""An MCP client of another make (the Python SDK) against the real server: its tools, its prompts, and what it refuses
to read."""

import asyncio
import os
import pathlib
import shutil
import sys
import tempfile

import mcp_types as types
from mcp import ClientSession, StdioServerParameters, stdio_client

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = os.environ["TLA_CONTRACT_SERVER"]
SAMPLE = ROOT / "tests/samples/etcdraft/etcdraft.tla"


class Session:
    """A session with the server; `roots` are the folders that the client grants, None if it knows no roots."""

    def __init__(self, roots, arguments=()):
        self.roots = roots
        self.arguments = arguments

    async def __aenter__(self):
        async def granted(_context):
            return types.ListRootsResult(roots=[types.Root(uri=root.as_uri()) for root in self.roots])

        parameters = StdioServerParameters(command=SERVER, args=["mcp", *self.arguments])
        self.transport = stdio_client(parameters)
        streams = await self.transport.__aenter__()
        known = {} if self.roots is None else {"list_roots_callback": granted}
        self.session = ClientSession(*streams, **known)
        session = await self.session.__aenter__()
        await session.initialize()
        return session

    async def __aexit__(self, *error):
        await self.session.__aexit__(*error)
        await self.transport.__aexit__(*error)


def text(result):
    return result.content[0].text


async def the_tools_are_listed_with_what_they_take(folder):
    async with Session([folder]) as session:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert set(tools) == {"contract", "check", "fix", "render", "repair", "explain"}, tools
        assert all(tool.annotations.read_only_hint for tool in tools.values())
        assert "path" in tools["check"].input_schema["properties"]


async def a_reply_is_checked_by_its_path_and_by_its_text(folder):
    async with Session([folder]) as session:
        by_path = await session.call_tool("check", {"path": "etcdraft.tla"})
        assert not by_path.is_error, text(by_path)
        assert "reply/fence" in text(by_path), text(by_path)
        answer = by_path.structured_content
        assert answer["module"] == "etcdraft" and answer["prompt"] == "built-in: etcdraft", answer["prompt"]
        assert any(verdict["verdict"] == "missing" for verdict in answer["verdicts"])
        by_text = await session.call_tool("check", {"text": SAMPLE.read_text()})
        assert by_text.structured_content["verdicts"] == answer["verdicts"]
        own = "CRITICAL OUTPUT REQUIREMENTS:\n1. The MODULE name must be exactly \"other\"\n"
        held = await session.call_tool("check", {"text": SAMPLE.read_text(), "prompt_text": own})
        assert held.structured_content["verdicts"][0]["verdict"] == "violated", text(held)


async def a_fix_answers_with_the_text_and_writes_nothing(folder):
    async with Session([folder]) as session:
        before = (folder / "etcdraft.tla").read_bytes()
        fixed = await session.call_tool("fix", {"path": "etcdraft.tla"})
        assert "```" not in text(fixed) and "MODULE etcdraft" in text(fixed)
        assert fixed.structured_content["applied"], fixed.structured_content
        assert (folder / "etcdraft.tla").read_bytes() == before
        again = await session.call_tool("fix", {"text": text(fixed)})
        assert text(again) == text(fixed), "fixing twice changes nothing more"


async def the_repair_prompt_says_what_is_left(folder):
    async with Session([folder]) as session:
        repair = await session.call_tool("repair", {"path": "etcdraft.tla", "max_findings": 3})
        assert not repair.is_error and "etcdraft" in text(repair), text(repair)


async def prompts_are_offered_with_their_placeholders(folder):
    (folder / "mine.prompt.md").write_text("Write the TLA+ module m for {focus}.\n\n{source_code}\n")
    async with Session([folder]) as session:
        prompts = {prompt.name: prompt for prompt in (await session.list_prompts()).prompts}
        assert {"etcdraft", "raftkvs", "draft-translation", "mine.prompt.md"} <= set(prompts), prompts
        names = [argument.name for argument in prompts["mine.prompt.md"].arguments]
        assert names == ["focus", "source_code"], names
        rendered = await session.get_prompt("mine.prompt.md", {"focus": "locks", "source_code": "x := 1"})
        assert rendered.messages[0].content.text.startswith("Write the TLA+ module m for locks."), rendered
        by_tool = await session.call_tool(
            "render", {"prompt": "mine.prompt.md", "values": {"focus": "locks"}, "files": {"source_code": ["lock.go"]}}
        )
        assert "package lock" in text(by_tool), text(by_tool)
        missing = await session.call_tool("render", {"prompt": "mine.prompt.md"})
        assert missing.is_error and "{focus}" in text(missing), text(missing)


async def a_path_outside_the_roots_is_refused(folder):
    outside = folder.parent / "outside"
    outside.mkdir()
    shutil.copy(SAMPLE, outside / "secret.tla")
    (folder / "link.tla").symlink_to(outside / "secret.tla")
    (folder.parent / "tla-contract.toml").write_text("this is = no settings [")
    async with Session([folder]) as session:
        for path in [str(outside / "secret.tla"), "../outside/secret.tla", "link.tla", "gone.tla"]:
            refused = await session.call_tool("check", {"path": path})
            assert refused.is_error and "there is no such file in the folders" in text(refused), text(refused)
        refused = await session.call_tool("check", {"text": "", "prompt": "/etc/hostname"})
        assert refused.is_error, text(refused)
        above = await session.call_tool("check", {"path": "etcdraft.tla"})
        assert not above.is_error, "settings above the roots are not read: " + text(above)


async def a_client_without_roots_reads_what_the_command_line_grants(folder):
    async with Session(None) as session:
        refused = await session.call_tool("check", {"path": str(folder / "etcdraft.tla")})
        assert refused.is_error and "no folder is granted" in text(refused), text(refused)
        assert not (await session.call_tool("check", {"text": SAMPLE.read_text()})).is_error
    async with Session(None, ["--root", str(folder)]) as session:
        assert not (await session.call_tool("check", {"path": "etcdraft.tla"})).is_error


async def what_does_not_fit_is_told_and_ends_nothing(folder):
    async with Session([folder]) as session:
        for name, arguments in [("check", {"pth": "x"}), ("nothing", {}), ("fix", {"ask": "maybe"})]:
            try:
                result = await session.call_tool(name, arguments)
                raise AssertionError(f"{name} {arguments} is taken: {result}")
            except Exception as error:
                assert not isinstance(error, AssertionError), error
        assert (await session.call_tool("check", {})).is_error
        page = await session.call_tool("explain", {"rule": "contract/missing-extends"})
        assert "EXTENDS" in text(page)


TESTS = [
    the_tools_are_listed_with_what_they_take,
    a_reply_is_checked_by_its_path_and_by_its_text,
    a_fix_answers_with_the_text_and_writes_nothing,
    the_repair_prompt_says_what_is_left,
    prompts_are_offered_with_their_placeholders,
    a_path_outside_the_roots_is_refused,
    a_client_without_roots_reads_what_the_command_line_grants,
    what_does_not_fit_is_told_and_ends_nothing,
]


def main():
    failed = 0
    for test in TESTS:
        name = test.__name__.replace("_", " ")
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place).resolve() / "granted"
            folder.mkdir()
            shutil.copy(SAMPLE, folder)
            (folder / "lock.go").write_text("package lock\n")
            try:
                asyncio.run(asyncio.wait_for(test(folder), 60))
                print(f"mcp: ok: {name}")
            except BaseException as error:  # An exception group holds the failure of a session.
                failed += 1
                print(f"mcp: FAILED: {name}: {error!r}")
                for inner in getattr(error, "exceptions", []):
                    print(f"  {inner!r}")
    sys.exit(1 if failed else 0)


main()
