// What the extension gives in VS Code, asked through the interface that every extension has.

const assert = require("node:assert/strict");
const { chmod, mkdtemp, readFile, stat, writeFile } = require("node:fs/promises");
const { homedir } = require("node:os");
const path = require("node:path");
const vscode = require("vscode");
const {
  STRICT,
  asReported,
  checked,
  colours,
  eventually,
  findings,
  folder,
  openSample,
  ordered,
  program,
  ruleOf,
  show,
  take,
} = require("../support.js");
const { contractTests } = require("./contract.js");

exports.tests = [
  [
    "the extension starts with the first TLA+ file",
    async () => {
      await openSample();
      const extension = vscode.extensions.getExtension("tla-contract.tla-contract");
      await eventually("it is active", () => extension.isActive);
      assert.equal(vscode.window.activeTextEditor.document.languageId, "tlaplus");
    },
  ],
  [
    "the commands are there",
    async () => {
      const commands = await vscode.commands.getCommands(true);
      const own = vscode.extensions.getExtension("tla-contract.tla-contract").packageJSON.contributes.commands;
      for (const { command } of own) {
        assert.ok(commands.includes(command), command);
      }
    },
  ],
  [
    "comments and words of TLA+ are coloured where nothing else brings a grammar",
    async () => {
      const document = await openSample();
      await eventually("colours", async () => {
        const kinds = await colours(document);
        return ["comment", "keyword", "string", "function"].every((kind) => kinds.includes(kind));
      });
    },
  ],
  [
    "the findings are those of the command line",
    async () => {
      const document = await openSample();
      const shown = (await findings(document)).map(asReported(document));
      assert.deepEqual(ordered(shown), ordered(await checked(document.uri.fsPath)));
      for (const rule of ["reply/fence", "reply/prose", "contract/comment", "contract/invariant"]) {
        assert.ok(
          shown.some((finding) => finding.rule === rule),
          rule,
        );
      }
    },
  ],
  [
    "findings follow unsaved edits",
    async () => {
      const document = await openSample();
      await findings(document);
      const edit = new vscode.WorkspaceEdit();
      edit.delete(document.uri, new vscode.Range(0, 0, 2, 0));
      await vscode.workspace.applyEdit(edit);
      await eventually("no prose is left", async () =>
        (await findings(document)).every((diagnostic) => ruleOf(diagnostic) !== "reply/prose"),
      );
      assert.ok(document.isDirty);
    },
  ],
  [
    "a quick fix inserts the missing EXTENDS modules",
    async () => {
      const document = await openSample(STRICT);
      await take(document, "contract/missing-extends", "missing modules");
      const line = document
        .getText()
        .split("\n")
        .find((text) => text.startsWith("EXTENDS"));
      assert.equal(line, "EXTENDS Naturals, FiniteSets, TLC, Sequences");
    },
  ],
  [
    "a quick fix inserts a stub for a missing action",
    async () => {
      const document = await openSample();
      await take(document, "contract/missing-action", "stub");
      assert.match(document.getText(), /UNCHANGED vars/);
    },
  ],
  [
    "all safe fixes do what the command line does",
    async () => {
      const document = await openSample();
      await findings(document);
      const before = document.version;
      await vscode.commands.executeCommand("tla-contract.fixAll");
      await eventually("the edit", () => document.version !== before);
      await program("fix", document.uri.fsPath);
      assert.equal(document.getText(), await readFile(document.uri.fsPath, "utf8"));
    },
  ],
  [
    "a prompt is rendered with its placeholders filled and nothing else changed",
    async () => {
      const prompt = path.join(folder(), "raft.prompt.md");
      await writeFile(prompt, "Write TLA+ for {focus}.\nIt is {file_path}, with a set {1, 2}:\n{source_code}\n");
      await writeFile(path.join(folder(), "raft.go"), "func tick() {}\n");
      const document = await show(prompt);
      assert.equal(document.languageId, "tla-contract-prompt");
      await vscode.commands.executeCommand("tla-contract.renderPrompt", {
        prompt: document.uri.toString(),
        values: {
          focus: "elections",
          file_path: "raft.go",
          source_code: { files: ["raft.go"] },
        },
      });
      const text = await eventually("the text", () => {
        const shown = vscode.window.activeTextEditor?.document;
        return shown?.languageId === "markdown" && shown.getText();
      });
      assert.ok(text.startsWith("Write TLA+ for elections.\nIt is raft.go, with a set {1, 2}:\n"), text);
      assert.ok(text.includes("func tick() {}"), text);
      assert.equal(await vscode.env.clipboard.readText(), text);
    },
  ],
  [
    "the workspace is checked, files that are not open among it",
    async () => {
      const file = vscode.Uri.file(path.join(folder(), "Closed.tla"));
      await writeFile(file.fsPath, "---- MODULE Closed ----\nVARIABLE x\nInit == y = 1\n====\n");
      assert.deepEqual(vscode.languages.getDiagnostics(file), []);
      // The server hears of a new file by VS Code's watching, which takes its time.
      const rules = await eventually("findings in the file", async () => {
        await vscode.commands.executeCommand("tla-contract.checkWorkspace");
        const found = vscode.languages.getDiagnostics(file).map(ruleOf);
        return found.length > 0 && found;
      });
      assert.ok(rules.includes("name/unknown-name"), rules.join());
      await show(file.fsPath);
      await eventually("they are told once", async () => {
        const found = vscode.languages.getDiagnostics(file).map(ruleOf);
        return found.length === rules.length;
      });
    },
  ],
  [
    "a misspelt placeholder is found in a prompt",
    async () => {
      const prompt = path.join(folder(), "misspelt.prompt.txt");
      await writeFile(prompt, "Write TLA+ for {focus} and {sorce_code}.\n");
      const rules = (await findings(await show(prompt))).map(ruleOf);
      assert.ok(rules.includes("prompt/unknown-placeholder"), rules.join());
    },
  ],
  [
    "a mistake is found in the settings",
    async () => {
      const place = await mkdtemp(path.join(homedir(), "settings-"));
      const settings = path.join(place, "tla-contract.toml");
      await writeFile(settings, "promts = 1\n");
      await findings(await show(settings));
    },
  ],
  [
    "the server comes back after a restart",
    async () => {
      const document = await openSample();
      await findings(document);
      await vscode.commands.executeCommand("tla-contract.restartServer");
      await findings(document);
    },
  ],
  [
    "the program that the setting names is started",
    async () => {
      const document = await openSample();
      await findings(document);
      const wrapper = path.join(folder(), "wrapper");
      await writeFile(wrapper, `#!/bin/sh\ntouch "$0.was-run"\nexec ${process.env.TLA_CONTRACT_SERVER} "$@"\n`);
      await chmod(wrapper, 0o755);
      const name = (value) => vscode.workspace.getConfiguration("tla-contract").update("server.path", value);
      await name(wrapper);
      await eventually("it was run", () => stat(`${wrapper}.was-run`).catch(() => false));
      await name(undefined);
      await findings(document);
    },
  ],
  [
    "the repair prompt is on the clipboard, as the command line gives it",
    async () => {
      const document = await openSample();
      await findings(document);
      await vscode.commands.executeCommand("tla-contract.copyRepairPrompt");
      const copied = await vscode.env.clipboard.readText();
      assert.ok(copied.length > 100, copied);
      assert.equal(copied.trim(), (await program("repair", document.uri.fsPath)).trim());
    },
  ],
  ...contractTests,
];
