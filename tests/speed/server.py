#!/usr/bin/env python3
"""What an editor waits for, measured through real stdio: from `didChange` to `publishDiagnostics`, opening, hover,
completion, a delta of semantic tokens, the time to `initialize`, and the memory that the server holds.

    tests/speed/server.py BINARY MODULE.tla...

Prints a table, a row for each module. Times are milliseconds, half of them / 99 of a hundred are below; beside the
keystrokes stands the processor's time for one, which other work on the machine changes little.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TYPED = """
Typed(s, m) ==
    /\\ LET t == m.term + 1 IN t > term[s]
    /\\ term' = [term EXCEPT ![s] = @ + 1]
    /\\ UNCHANGED <<state, log, messages>>
"""
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, binary, folder):
        self.process = subprocess.Popen(
            [binary, "serve", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.next = 0
        begin = time.perf_counter()
        self.ask("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {}})
        self.greeted = (time.perf_counter() - begin) * 1e3
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def read(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            sys.exit("the server has ended")
        message = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def ask(self, method, params):
        self.next += 1
        self.send({"id": self.next, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.next and "method" not in message:
                return message.get("result")

    def findings(self, version):
        """Waits for the findings of a version, or a later one."""
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics":
                if (message["params"].get("version") or 0) >= version:
                    return message["params"]["diagnostics"]

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1e3 / TICKS

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(10)


def timed(work):
    begin = time.perf_counter()
    result = work()
    return (time.perf_counter() - begin) * 1e3, result


def shares(times):
    times = sorted(times)
    return f"{times[len(times) // 2]:.1f} / {times[(len(times) - 1) * 99 // 100]:.1f}"


def measure(binary, path):
    text = path.read_text()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(binary, pathlib.Path(folder))
        uri = (pathlib.Path(folder) / path.name).as_uri()
        document = {"uri": uri}
        item = {**document, "languageId": "tlaplus", "version": 1, "text": text}
        opening, _ = timed(lambda: (server.tell("textDocument/didOpen", {"textDocument": item}), server.findings(1)))
        # Where a paragraph ends in the middle of the module, so that what is typed begins a definition.
        line = text[: text.find("\n\n", len(text) // 2) + 1].count("\n")
        tokens = server.ask("textDocument/semanticTokens/full", {"textDocument": document}) or {}
        times, version, column = [], 1, 0
        used = server.processor()
        for letter in TYPED:
            place = {"line": line, "character": column}
            version += 1
            change = {"range": {"start": place, "end": place}, "text": letter}
            params = {"textDocument": {**document, "version": version}, "contentChanges": [change]}
            spent, _ = timed(lambda: (server.tell("textDocument/didChange", params), server.findings(version)))
            times.append(spent)
            line, column = (line + 1, 0) if letter == "\n" else (line, column + 1)
        used = (server.processor() - used) / len(TYPED)
        at = {"textDocument": document, "position": {"line": line - 2, "character": 6}}
        hover = [timed(lambda: server.ask("textDocument/hover", at))[0] for _ in range(20)]
        complete = [timed(lambda: server.ask("textDocument/completion", at))[0] for _ in range(20)]
        delta = {"textDocument": document, "previousResultId": tokens.get("resultId", "")}
        tokens, _ = timed(lambda: server.ask("textDocument/semanticTokens/full/delta", delta))
        memory = server.memory()
        server.end()
        lines = text.count("\n")
        print(
            f"| {lines} | {server.greeted:.0f} | {opening:.0f} | {shares(times)} | {used:.1f} | {shares(hover)} "
            f"| {shares(complete)} | {tokens:.1f} | {memory:.0f} |",
            flush=True,
        )


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    print("| lines | initialize | opening | keystroke to findings | its processor time | hover | completion | tokens delta | memory, MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for path in sys.argv[2:]:
        measure(sys.argv[1], pathlib.Path(path))


main()
