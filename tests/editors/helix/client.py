"""A client that says of itself what Helix says, and asks the server as Helix does. It is not Helix itself."""

import json
import pathlib
import queue
import subprocess
import threading

LIMIT = 20

# Those that Helix can count in, the one it likes best first.
ENCODINGS = ["utf-8", "utf-32", "utf-16"]

# What Helix offers in `initialize`, as far as this server may care.
CAPABILITIES = {
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": False},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": False},
        "diagnostic": {"refreshSupport": True},
        "diagnostics": {"refreshSupport": True},
        "executeCommand": {"dynamicRegistration": False},
        "workspaceEdit": {
            "documentChanges": True,
            "failureHandling": "abort",
            "normalizesLineEndings": False,
            "resourceOperations": ["create", "rename", "delete"],
        },
        "workspaceFolders": True,
    },
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {
                "codeActionKind": {
                    "valueSet": [
                        "",
                        "quickfix",
                        "refactor",
                        "refactor.extract",
                        "refactor.inline",
                        "refactor.rewrite",
                        "source",
                        "source.organizeImports",
                    ]
                }
            },
            "dataSupport": True,
            "disabledSupport": True,
            "isPreferredSupport": True,
            "resolveSupport": {"properties": ["edit", "command"]},
        },
        "diagnostic": {"dynamicRegistration": False, "relatedDocumentSupport": True},
        "publishDiagnostics": {"tagSupport": {"valueSet": [1, 2]}, "versionSupport": True},
    },
}


class Client:
    """The server as a process, and the texts that are open in it, as bytes of UTF-8."""

    def __init__(self, command, folder, options=None, encodings=None):
        self.shown = []
        self.said = []
        self.texts = {}
        self.versions = {}
        self.pushed = []
        self._next = 0
        self._answers = queue.Queue()
        self._sending = threading.Lock()
        self._process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        threading.Thread(target=self._read, daemon=True).start()
        uri = pathlib.Path(folder).as_uri()
        capabilities = dict(CAPABILITIES, general={"positionEncodings": encodings or ENCODINGS})
        self.initialized = self.request(
            "initialize",
            {
                "processId": None,
                "clientInfo": {"name": "helix-like", "version": "1"},
                "rootPath": str(folder),
                "rootUri": uri,
                "workspaceFolders": [{"name": "work", "uri": uri}],
                "capabilities": capabilities,
                "initializationOptions": options,
            },
        )
        self.encoding = self.initialized["capabilities"]["positionEncoding"]
        self.notify("initialized", {})

    def open(self, path, language):
        uri = pathlib.Path(path).as_uri()
        text = pathlib.Path(path).read_bytes()
        self.texts[uri] = text
        self.versions[uri] = 0
        document = {"uri": uri, "languageId": language, "version": 0, "text": text.decode()}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def findings(self, uri):
        return self.request("textDocument/diagnostic", {"textDocument": {"uri": uri}, "identifier": "tla-contract"})[
            "items"
        ]

    def actions(self, uri, finding):
        context = {"diagnostics": [finding], "triggerKind": 1}
        return self.request(
            "textDocument/codeAction",
            {"textDocument": {"uri": uri}, "range": finding["range"], "context": context},
        )

    def offset(self, uri, position):
        """The byte of a position."""
        lines = self.texts[uri].split(b"\n")
        before = sum(len(line) + 1 for line in lines[: position["line"]])
        line, count = lines[position["line"]], position["character"]
        if self.encoding == "utf-32":
            count = len(line.decode()[:count].encode())
        elif self.encoding == "utf-16":
            count = len(line.decode().encode("utf-16-le")[: 2 * count].decode("utf-16-le").encode())
        return before + count

    def apply(self, edit):
        """Makes a workspace edit and tells the server, each edit as a change of its own, from the last to the first."""
        for change in edit.get("documentChanges") or []:
            uri = change["textDocument"]["uri"]
            place = lambda edit, side: self.offset(uri, edit["range"][side])
            made = [(place(one, "start"), place(one, "end"), one) for one in change["edits"]]
            self.versions[uri] += 1
            changes = []
            for start, end, one in sorted(made, key=lambda entry: entry[:2], reverse=True):
                self.texts[uri] = self.texts[uri][:start] + one["newText"].encode() + self.texts[uri][end:]
                changes.append({"range": one["range"], "text": one["newText"]})
            document = {"uri": uri, "version": self.versions[uri]}
            self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def execute(self, command, arguments=None):
        """As `:lsp-workspace-command`: without arguments the picker sends none at all."""
        params = {"command": command}
        if arguments is not None:
            params["arguments"] = arguments
        return self.request("workspace/executeCommand", params)

    def stop(self):
        """Ends the session as Helix does; returns the server's exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self._process.wait(LIMIT)

    def kill(self):
        self._process.kill()
        self._process.wait(LIMIT)

    def request(self, method, params):
        self._next += 1
        wanted = self._next
        self._send({"jsonrpc": "2.0", "id": wanted, "method": method, "params": params})
        while True:
            answer = self._answers.get(timeout=LIMIT)
            if answer["id"] == wanted:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def notify(self, method, params):
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, message):
        body = json.dumps(message).encode()
        # Answers are sent by the reading thread.
        with self._sending:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self._process.stdin.flush()

    def _read(self):
        stream = self._process.stdout
        while header := stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                header = stream.readline()
            try:
                self._heard(json.loads(stream.read(length)))
            except BrokenPipeError:
                # The server ended before it read the answer to its last question.
                return

    def _heard(self, message):
        method = message.get("method")
        if method is None:
            self._answers.put(message)
        elif method == "workspace/applyEdit":
            self.apply(message["params"]["edit"])
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": {"applied": True}})
        elif method == "window/showDocument":
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": {"success": True}})
            self.shown.append(message["params"])
        elif method == "window/showMessage":
            self.said.append(message["params"]["message"])
        elif "id" in message:
            result = [None for _ in message["params"]["items"]] if method == "workspace/configuration" else None
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})
        elif method == "textDocument/publishDiagnostics":
            self.pushed.append(message["params"])
