// The contract in the side bar, in the status bar, and the ways from a clause to its places.

const assert = require("node:assert/strict");
const path = require("node:path");
const { writeFile } = require("node:fs/promises");
const vscode = require("vscode");
const { STRICT, eventually, folder, inside, openSample, program, show } = require("../support.js");

/** The clauses of the view, with how each looks. */
async function shownClauses(view) {
  return view.getChildren().flatMap((section) =>
    view.getChildren(section).map((node) => {
      const item = view.getTreeItem(node);
      return { section: section.title, node, item, clause: node.clause };
    }),
  );
}

/** The clauses, once the view has turned to a document. */
async function clausesOf(document) {
  const { model, view } = await inside();
  await eventually("the contract of the document", () => {
    const { shown } = model;
    return shown.kind === "contract" && shown.document.toString() === document.uri.toString();
  });
  return shownClauses(view);
}

const contractOf = async (prompt, document) =>
  JSON.parse(await program("contract", prompt, "--against", document.uri.fsPath, "--format", "json"));

const selected = () => {
  const { document, selection } = vscode.window.activeTextEditor;
  return document.getText(selection);
};

const active = () => vscode.window.activeTextEditor?.document.uri;

exports.contractTests = [
  [
    "the view has the verdicts of the command line, by the sections of the prompt",
    async () => {
      const document = await openSample();
      const shown = await clausesOf(document);
      const { clauses } = await contractOf("etcdraft", document);
      assert.deepEqual(
        shown.map(({ clause }) => [clause.clause, clause.verdict]),
        clauses.map(({ id, verdict }) => [id, verdict]),
      );
      assert.ok(new Set(shown.map(({ section }) => section)).size > 3);
      const icons = new Set(shown.map(({ item }) => item.iconPath.id));
      assert.deepEqual([...icons].sort(), ["circle-outline", "circle-slash", "error", "pass", "warning"]);
    },
  ],
  [
    "the view follows unsaved edits",
    async () => {
      const document = await openSample();
      const verdict = async () => {
        const { clause } = (await clausesOf(document)).find(({ clause }) => clause.clause === "output.invariants");
        return clause.verdict;
      };
      assert.equal(await verdict(), "violated");
      const edit = new vscode.WorkspaceEdit();
      const text = document.getText();
      const [from, to] = [text.indexOf("ElectionSafety =="), text.lastIndexOf("====")];
      edit.delete(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)));
      await vscode.workspace.applyEdit(edit);
      await eventually("another verdict", async () => (await verdict()) === "met");
    },
  ],
  [
    "a clause leads to what decided it in the module",
    async () => {
      const document = await openSample();
      const { node, clause } = (await clausesOf(document)).find(({ clause }) => clause.evidence.length > 1);
      await vscode.commands.executeCommand("tla-contract.openClause", node);
      assert.equal(active().toString(), document.uri.toString());
      assert.equal(vscode.window.activeTextEditor.selection.start.line, clause.evidence[0].range.start.line);
      const { view } = await inside();
      const places = view.getChildren(node).map((child) => view.getTreeItem(child));
      assert.equal(places.length, clause.evidence.length);
      await vscode.commands.executeCommand(places[1].command.command, ...places[1].command.arguments);
      assert.equal(vscode.window.activeTextEditor.selection.start.line, clause.evidence[1].range.start.line);
    },
  ],
  [
    "a clause leads to its words in the prompt, and the verdicts stay",
    async () => {
      const document = await openSample(STRICT);
      const { node, clause } = (await clausesOf(document))[1];
      await vscode.commands.executeCommand("tla-contract.openClauseInPrompt", node);
      assert.equal(path.basename(active().fsPath), "etcdraft.prompt.md");
      assert.ok(selected().includes(clause.title), selected());
      const { model } = await inside();
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(model.shown.document.toString(), document.uri.toString());
    },
  ],
  [
    "a clause of a built-in prompt is shown in its text too",
    async () => {
      const document = await openSample();
      const { node, clause } = (await clausesOf(document)).find(({ clause }) => clause.clause === "actions.2");
      await vscode.commands.executeCommand("tla-contract.openClauseInPrompt", node);
      assert.equal(active().scheme, "tla-contract-builtin");
      assert.ok(selected().includes(clause.title), selected());
      const text = vscode.window.activeTextEditor.document.getText();
      assert.ok(text.includes("{source_code}"), "the placeholders are as they were");
    },
  ],
  [
    "the prompt that governs a module is opened",
    async () => {
      await clausesOf(await openSample(STRICT));
      await vscode.commands.executeCommand("tla-contract.openPrompt");
      assert.equal(path.basename(active().fsPath), "etcdraft.prompt.md");
    },
  ],
  [
    "a violated clause leads to where it is violated",
    async () => {
      const document = await openSample();
      const { node } = (await clausesOf(document)).find(({ clause }) => clause.clause === "output.invariants");
      await vscode.commands.executeCommand("tla-contract.openClause", node);
      assert.equal(selected(), "ElectionSafety");
    },
  ],
  [
    "the view can be narrowed to what is not met",
    async () => {
      const document = await openSample();
      const all = await clausesOf(document);
      const { view } = await inside();
      await vscode.commands.executeCommand("tla-contract.showUnmetOnly");
      const unmet = (await shownClauses(view)).map(({ clause }) => clause.verdict);
      await vscode.commands.executeCommand("tla-contract.showAllClauses");
      assert.ok(unmet.length > 0 && unmet.length < all.length);
      assert.ok(unmet.every((verdict) => ["missing", "declared", "violated"].includes(verdict)));
      assert.equal((await shownClauses(view)).length, all.length);
    },
  ],
  [
    "the status bar counts the clauses that are met",
    async () => {
      const document = await openSample();
      const shown = await clausesOf(document);
      const { status } = await inside();
      const met = shown.filter(({ clause }) => ["met", "equivalent"].includes(clause.verdict)).length;
      const checked = shown.filter(({ clause }) => clause.verdict !== "not-checked").length;
      assert.ok(status.text.includes(`${met}/${checked}`), status.text);
    },
  ],
  [
    "a prompt is shown as the clauses that it makes",
    async () => {
      const file = path.join(folder(), "clauses.prompt.md");
      await writeFile(file, "MANDATORY CORE ACTIONS (must include all):\n1. 【Messages】MsgHup (election timeout)\n");
      const shown = await clausesOf(await show(file));
      assert.ok(shown.some(({ clause }) => clause.title.includes("Messages") && clause.verdict === null));
    },
  ],
  [
    "a module that no prompt governs is told so",
    async () => {
      const file = path.join(folder(), "Free.tla");
      await writeFile(file, "---- MODULE Free ----\nVARIABLE x\n====\n");
      const document = await show(file);
      const { model, status } = await inside();
      await eventually("the state", () => model.shown.kind === "ungoverned");
      assert.equal(model.shown.document.toString(), document.uri.toString());
      assert.ok(status.text.includes("no prompt"), status.text);
    },
  ],
  [
    "a prompt of VS Code's assistant is left to it",
    async () => {
      const place = path.join(folder(), ".github", "prompts");
      await vscode.workspace.fs.createDirectory(vscode.Uri.file(place));
      const file = path.join(place, "review.prompt.md");
      await writeFile(file, "Review {this}.\n");
      await show(file);
      const language = () => vscode.window.activeTextEditor.document.languageId;
      await eventually("another language", () => language() !== "tla-contract-prompt");
    },
  ],
  [
    "comments of TLA+ are toggled where no other extension knows how",
    async () => {
      const file = path.join(folder(), "Comment.tla");
      await writeFile(file, "---- MODULE Comment ----\nVARIABLE x\n====\n");
      const document = await show(file);
      vscode.window.activeTextEditor.selection = new vscode.Selection(1, 0, 1, 0);
      await vscode.commands.executeCommand("editor.action.commentLine");
      assert.equal(document.lineAt(1).text, "\\* VARIABLE x");
    },
  ],
];
