// A prompt with its placeholders filled, in a new editor. What is not given is asked for.

import * as path from "node:path";
import type { QuickPickItem } from "vscode";
import { Uri, window, workspace } from "vscode";
import { ResponseError } from "vscode-languageclient/node";
import { PROMPT_LANGUAGE } from "../documents";
import type { MissingValues, PlaceholderValue, PlaceholderValues } from "../protocol";
import type { Server } from "../server";

const PROMPT_FILES = "**/*.prompt.{md,txt}";
const PROMPT_LIMIT = 500;

/** What a key binding or another extension may name: the prompt (a URI or a built-in's name) and values. */
interface Wanted {
  prompt?: string;
  values?: PlaceholderValues;
}

export async function renderPrompt(server: Server, wanted: unknown): Promise<void> {
  const { prompt = await choosePrompt(server), values = {} } = asWanted(wanted);
  if (prompt === undefined) {
    return;
  }
  const text = await render(server, prompt, values);
  if (text === undefined) {
    return;
  }
  const document = await workspace.openTextDocument({ language: "markdown", content: text });
  await window.showTextDocument(document, { preview: false });
}

/** The editor's title bar gives the URI of the document. */
function asWanted(wanted: unknown): Wanted {
  if (wanted instanceof Uri) {
    return { prompt: wanted.toString() };
  }
  return typeof wanted === "object" && wanted !== null ? wanted : {};
}

async function choosePrompt(server: Server): Promise<string | undefined> {
  const active = window.activeTextEditor?.document;
  if (active?.languageId === PROMPT_LANGUAGE) {
    return active.uri.toString();
  }
  const files = await workspace.findFiles(PROMPT_FILES, undefined, PROMPT_LIMIT);
  const choices: (QuickPickItem & { prompt: string })[] = [
    ...files.map((file) => ({ label: workspace.asRelativePath(file), prompt: file.toString() })),
    ...server.builtinPrompts().map((name) => ({ label: name, description: "built in", prompt: name })),
  ];
  const chosen = await window.showQuickPick(choices, { title: "Render which prompt?" });
  return chosen?.prompt;
}

/** The rendered text; `undefined` when the user gives up. */
async function render(server: Server, prompt: string, values: PlaceholderValues): Promise<string | undefined> {
  try {
    return await server.execute<string>("renderPrompt", prompt, values);
  } catch (error) {
    const missing = missingValues(error);
    if (missing.length === 0) {
      throw error;
    }
    const asked = await askFor(missing);
    return asked && (await server.execute<string>("renderPrompt", prompt, { ...values, ...asked }));
  }
}

function missingValues(error: unknown): string[] {
  return error instanceof ResponseError ? ((error.data as MissingValues | undefined)?.missing ?? []) : [];
}

async function askFor(missing: string[]): Promise<PlaceholderValues | undefined> {
  const values: PlaceholderValues = {};
  for (const name of missing) {
    const value = await askForOne(name);
    if (value === undefined) {
      return undefined;
    }
    values[name] = value;
  }
  return values;
}

async function askForOne(name: string): Promise<PlaceholderValue | undefined> {
  const type: QuickPickItem = { label: "$(edit) Type a text" };
  const pick: QuickPickItem = { label: "$(files) Choose files" };
  const how = await window.showQuickPick([type, pick], { title: `{${name}}` });
  if (how === type) {
    return window.showInputBox({ title: `{${name}}`, ignoreFocusOut: true });
  }
  if (how !== pick) {
    return undefined;
  }
  const files = await window.showOpenDialog({ title: `{${name}}`, canSelectMany: true });
  return files && { files: files.map(namedFile) };
}

/** The path by which the server and the rendered text name a file: short inside the first workspace folder. */
function namedFile(file: Uri): string {
  const folder = workspace.workspaceFolders?.[0];
  const within = folder && workspace.getWorkspaceFolder(file) === folder;
  return within ? path.posix.relative(folder.uri.path, file.path) : file.fsPath;
}
