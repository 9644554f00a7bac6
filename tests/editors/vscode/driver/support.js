// What the suites share: a sample to work on, its findings, and patience.

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

/** The first folder of the workspace. */
const folder = () => vscode.workspace.workspaceFolders[0].uri.fsPath;

/** What the extension under test shows of its inside, once it has started. */
const inside = async () => vscode.extensions.getExtension("tla-contract.tla-contract").activate();

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

/** The kinds of all coloured places. */
async function colours({ uri }) {
  const legend = await vscode.commands.executeCommand("vscode.provideDocumentSemanticTokensLegend", uri);
  const tokens = await vscode.commands.executeCommand("vscode.provideDocumentSemanticTokens", uri);
  const kinds = [...(tokens?.data ?? [])].filter((_, index) => index % 5 === 3);
  return kinds.map((kind) => legend.tokenTypes[kind]);
}

module.exports = {
  STRICT,
  checked,
  colours,
  eventually,
  findings,
  folder,
  inside,
  openSample,
  ordered,
  program,
  ruleOf,
  show,
  take,
  asReported,
};
