// A prompt with its placeholders filled, in a new editor and on the clipboard. What is not given is asked for.

import * as path from "node:path";
import type { QuickPickItem } from "vscode";
import { Uri, env, window, workspace } from "vscode";
import { missingValues } from "../contract/builtin";
import { isPrompt } from "../documents";
import type { PlaceholderValue, PlaceholderValues } from "../protocol";
import type { Server } from "../server";
import { chooseListedPrompt } from "./prompts";

/** What a key binding or another extension may name: the prompt (a URI or a built-in's name) and values. */
interface Wanted {
  prompt?: string;
  values?: PlaceholderValues;
}

export async function renderPrompt(server: Server, wanted: unknown): Promise<void> {
  const { prompt = await choosePrompt(server), values = {} } = asWanted(wanted);
  const text = prompt && (await render(server, prompt, values));
  if (text === undefined) {
    return;
  }
  await env.clipboard.writeText(text);
  const document = await workspace.openTextDocument({ language: "markdown", content: text });
  await window.showTextDocument(document, { preview: false });
  window.setStatusBarMessage("$(clippy) The rendered prompt is on the clipboard.", 5_000);
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
  if (active !== undefined && isPrompt(active)) {
    return active.uri.toString();
  }
  const chosen = await chooseListedPrompt(server, "Render which prompt?");
  return chosen && ("builtin" in chosen ? chosen.builtin : chosen.file.toString());
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

async function askFor(missing: string[]): Promise<PlaceholderValues | undefined> {
  const values: PlaceholderValues = {};
  for (const [place, name] of missing.entries()) {
    const step = missing.length > 1 ? ` (${place + 1} of ${missing.length})` : "";
    const value = await askForOne(`Fill {${name}}${step}`);
    if (value === undefined) {
      return undefined;
    }
    values[name] = value;
  }
  return values;
}

async function askForOne(title: string): Promise<PlaceholderValue | undefined> {
  const type: QuickPickItem = { label: "$(edit) Type a text" };
  const pick: QuickPickItem = { label: "$(files) Choose files", description: "their texts are put in" };
  const how = await window.showQuickPick([type, pick], { title, ignoreFocusOut: true });
  if (how === type) {
    return window.showInputBox({ title, ignoreFocusOut: true });
  }
  if (how !== pick) {
    return undefined;
  }
  const files = await window.showOpenDialog({ title, canSelectMany: true });
  return files && { files: files.map(namedFile) };
}

/** The path by which the server and the rendered text name a file: short inside the first workspace folder. */
function namedFile(file: Uri): string {
  const folder = workspace.workspaceFolders?.[0];
  const within = folder && workspace.getWorkspaceFolder(file) === folder;
  return within ? path.posix.relative(folder.uri.path, file.path) : file.fsPath;
}
