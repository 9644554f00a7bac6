// What the extension gives in VS Code, asked through the interface that every extension has.

const assert = require("node:assert/strict");
const { execFile } = require("node:child_process");
const { copyFile, mkdtemp, readFile, writeFile } = require("node:fs/promises");
const { homedir } = require("node:os");
const path = require("node:path");
const { promisify } = require("node:util");
const vscode = require("vscode");

const SAMPLES = process.env.TLA_CONTRACT_SAMPLES;
/** A prompt that wants EXTENDS and fairness besides. */
const STRICT = path.join(SAMPLES, "strict", "etcdraft.prompt");

const folder = () => vscode.workspace.workspaceFolders[0].uri.fsPath;

async function eventually(what, condition) {
  const end = Date.now() + 20_000;
  for (;;) {
    const result = await condition();
    if (result) {
      return result;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A copy of the sample in a folder of its own, shown; held to the built-in prompt, or to another. */
async function openSample(prompt) {
  const place = await mkdtemp(path.join(homedir(), "copy-"));
  const copy = path.join(place, "etcdraft.tla");
  await copyFile(path.join(SAMPLES, "etcdraft", "etcdraft.tla"), copy);
  // Settings make the folder a workspace of its own, apart from the other copies.
  await writeFile(path.join(place, "tla-contract.toml"), "");
  if (prompt) {
    await copyFile(prompt, path.join(place, "etcdraft.prompt.md"));
  }
  return show(copy);
}

async function show(file) {
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return document;
}

const findings = (document) =>
  eventually("findings", () => {
    const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "tla-contract");
    return found.length > 0 && found;
  });

const ruleOf = ({ code }) => (typeof code === "object" ? code.value : code);

/** The findings as the command line has them: line and column from 1, columns in characters. */
const asReported = (document) => (diagnostic) => {
  const { line, character } = diagnostic.range.start;
  const column = [...document.lineAt(line).text.slice(0, character)].length + 1;
  return {
    rule: ruleOf(diagnostic),
    line: line + 1,
    column,
    message: diagnostic.message,
  };
};

/** Runs the program; 1 as its exit code means that it found errors. */
async function program(...args) {
  try {
    return (
      await promisify(execFile)(process.env.TLA_CONTRACT_SERVER, args, {
        maxBuffer: 1e8,
      })
    ).stdout;
  } catch (error) {
    if (error.code !== 1) {
      throw error;
    }
    return error.stdout;
  }
}

async function checked(file) {
  const report = JSON.parse(await program("check", "--format", "json", file));
  return report.files[0].findings.map(({ rule, range, message }) => ({
    rule,
    line: range.start.line,
    column: range.start.column,
    message,
  }));
}

const ordered = (list) => list.map((entry) => JSON.stringify(entry)).sort();

/** Takes the quick fix of a rule whose title has the words. */
async function take(document, rule, words) {
  const finding = (await findings(document)).find((diagnostic) => ruleOf(diagnostic) === rule);
  assert.ok(finding, `a finding of ${rule}`);
  const actions = await vscode.commands.executeCommand(
    "vscode.executeCodeActionProvider",
    document.uri,
    finding.range,
    "quickfix",
  );
  const action = actions.find(({ title }) => title.toLowerCase().includes(words));
  assert.ok(action, `"${words}" among ${actions.map(({ title }) => title)}`);
  assert.ok(await vscode.workspace.applyEdit(action.edit), "the edit applies");
}

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
      for (const command of ["renderPrompt", "showContract", "fixAll", "insertStub", "restartServer"]) {
        assert.ok(commands.includes(`tla-contract.${command}`), command);
      }
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
];
