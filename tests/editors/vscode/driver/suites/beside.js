// Beside the TLA+ extension: what both give comes from it, unless the user wants otherwise. This package of the
// extension brings no server, so the one on the PATH is used.

const assert = require("node:assert/strict");
const { writeFile } = require("node:fs/promises");
const path = require("node:path");
const vscode = require("vscode");
const { colours, eventually, findings, folder, inside, openSample, ruleOf, show } = require("../support.js");

const setting = (name, value) =>
  vscode.workspace.getConfiguration("tla-contract").update(name, value, vscode.ConfigurationTarget.Global);

const symbols = async ({ uri }) =>
  ((await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", uri)) ?? []).map(({ name }) => name);

/** How often a keyword is offered at the start of the line. */
async function keywords({ uri }, line) {
  const place = new vscode.Position(line, 0);
  const { items } = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", uri, place);
  return items.filter(({ label, kind }) => {
    const text = typeof label === "string" ? label : label.label;
    return text === "THEOREM" && kind === vscode.CompletionItemKind.Keyword;
  }).length;
}

async function module(name, text) {
  const file = path.join(folder(), `${name}.tla`);
  await writeFile(file, text);
  return show(file);
}

const SMALL = "---- MODULE Small ----\nVARIABLE x\nInit == x = 1\n\n====\n";

exports.tests = [
  [
    "the server on the PATH is found where none comes with the extension",
    async () => {
      await findings(await openSample());
    },
  ],
  [
    "symbols of modules come from the TLA+ extension",
    async () => {
      await inside();
      const document = await module("Small", SMALL);
      assert.deepEqual(await eventually("symbols", async () => (await symbols(document)).length && symbols(document)), [
        "stand-in",
      ]);
    },
  ],
  [
    "symbols come from this one besides when the setting says so",
    async () => {
      const document = await module("Small", SMALL);
      await setting("symbols", "on");
      await eventually("our symbols", async () => (await symbols(document)).length > 1);
      await setting("symbols", undefined);
      await eventually("theirs alone", async () => (await symbols(document)).join() === "stand-in");
    },
  ],
  [
    "keywords are completed by the TLA+ extension alone, unless the setting says otherwise",
    async () => {
      const document = await module("Small", SMALL);
      await findings(await openSample());
      await show(document.uri.fsPath);
      await eventually("theirs", async () => (await keywords(document, 3)) === 1);
      await setting("keywordCompletion", "on");
      await eventually("theirs and ours", async () => (await keywords(document, 3)) === 2);
      await setting("keywordCompletion", undefined);
      await eventually("theirs again", async () => (await keywords(document, 3)) === 1);
    },
  ],
  [
    "words and comments are coloured by the TLA+ extension's grammar, unless the setting says otherwise",
    async () => {
      const document = await module("Small", SMALL);
      await findings(await openSample());
      await eventually(
        "names alone",
        async () => (await colours(document)).join() === "namespace,variable,function,variable",
      );
      await setting("syntaxTokens", "on");
      await eventually("words too", async () => (await colours(document)).includes("keyword"));
      await setting("syntaxTokens", undefined);
    },
  ],
  [
    "modules are formatted by the TLA+ extension, without a question which formatter to use",
    async () => {
      const document = await module("Small", SMALL);
      await vscode.commands.executeCommand("editor.action.formatDocument");
      await eventually("the formatted text", () => document.getText().startsWith("stand-in"));
    },
  ],
  [
    "the language configuration is that of the TLA+ extension",
    async () => {
      const document = await module("Comment", SMALL);
      vscode.window.activeTextEditor.selection = new vscode.Selection(1, 0, 1, 0);
      await vscode.commands.executeCommand("editor.action.commentLine");
      assert.equal(document.lineAt(1).text, "\\* stand-in: VARIABLE x");
    },
  ],
  [
    "what SANY does not know is mended by a quick fix, wherever SANY sees it",
    async () => {
      const text = "---- MODULE Unknown ----\nEXTENDS Naturals\nVARIABLE x\nInit ==\n\tx = Len(<<1>>)\n====\n";
      const document = await module("Unknown", text);
      await eventually("our finding", async () =>
        (await findings(document)).some((one) => ruleOf(one).includes("name")),
      );
      // SANY counts a tab as eight columns.
      const range = new vscode.Range(4, 12, 4, 14);
      await vscode.commands.executeCommand("standin.say", document.uri, range, "Unknown operator: `Len'.");
      const end = new vscode.Range(4, 14, 4, 14);
      const actions = await vscode.commands.executeCommand(
        "vscode.executeCodeActionProvider",
        document.uri,
        end,
        "quickfix",
      );
      const action = actions.find(({ title }) => title.includes("Sequences"));
      assert.ok(action, actions.map(({ title }) => title).join());
      await vscode.workspace.applyEdit(action.edit);
      assert.match(document.getText(), /EXTENDS Naturals, Sequences/);
    },
  ],
];
