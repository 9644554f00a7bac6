// A contract for the folder: which prompt governs which specifications, written into tla-contract.toml after asking.

import * as path from "node:path";
import type { QuickPickItem } from "vscode";
import { Range, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { isPrompt } from "../documents";
import type { Server } from "../server";
import type { Prompt } from "./prompts";
import { choosePrompt } from "./prompts";

const SETTINGS_FILE = "tla-contract.toml";
const TITLE = "Hold specifications to which prompt?";
const SPECIFICATIONS = "**/*.tla";
const SPECIFICATION_LIMIT = 500;

/** Writes the settings file, or adds to it. `named` is the prompt's file where it was chosen already. */
export async function newContract(server: Server, named: unknown): Promise<void> {
  const prompt = named instanceof Uri ? { file: named } : (promptInEditor() ?? (await choosePrompt(server, TITLE)));
  if (prompt === undefined) {
    return;
  }
  const folder = folderOf(prompt);
  const specifications = await chooseSpecifications(folder);
  if (specifications === undefined) {
    return;
  }
  const settings = await settingsFor(prompt, folder);
  const entry = entryOf(prompt, specifications, path.posix.dirname(settings.uri.path));
  const where = workspace.asRelativePath(settings.uri);
  const question = settings.exists ? `Add this to ${where}?` : `Write ${where}?`;
  const verb = settings.exists ? "Add" : "Write";
  if ((await window.showInformationMessage(question, { modal: true, detail: entry }, verb)) !== verb) {
    return;
  }
  await write(settings, entry);
}

function promptInEditor(): Prompt | undefined {
  const active = window.activeTextEditor?.document;
  return active !== undefined && isPrompt(active) && active.uri.scheme === "file" ? { file: active.uri } : undefined;
}

/** The workspace folder that the settings are for. They may name nothing outside it. */
function folderOf(prompt: Prompt): Uri {
  const [first] = workspace.workspaceFolders ?? [];
  if (first === undefined) {
    throw new Error("Open the folder of the specifications first.");
  }
  if ("builtin" in prompt) {
    const active = window.activeTextEditor?.document.uri;
    return ((active && workspace.getWorkspaceFolder(active)) ?? first).uri;
  }
  const folder = workspace.getWorkspaceFolder(prompt.file);
  if (folder === undefined) {
    throw new Error(`${prompt.file.fsPath} lies outside the workspace; copy the prompt into it first.`);
  }
  return folder.uri;
}

/** The paths of the specifications, within the folder; none for those whose module the prompt names. */
async function chooseSpecifications(folder: Uri): Promise<Uri[] | undefined> {
  const files = await workspace.findFiles(SPECIFICATIONS, undefined, SPECIFICATION_LIMIT);
  const here = files.filter((file) => file.path.startsWith(`${folder.path}/`));
  if (here.length === 0) {
    return [];
  }
  const choices: (QuickPickItem & { file: Uri })[] = here
    .map((file) => ({ label: workspace.asRelativePath(file), file }))
    .sort((one, other) => one.label.localeCompare(other.label));
  const chosen = await window.showQuickPick(choices, {
    title: "Which specifications does it govern?",
    placeHolder: "None chosen: those whose module the prompt names",
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ file }) => file);
}

interface Settings {
  uri: Uri;
  exists: boolean;
}

/** The settings that hold where the prompt lies: those of the nearest folder upwards, else new ones at the top. */
async function settingsFor(prompt: Prompt, folder: Uri): Promise<Settings> {
  let place = "builtin" in prompt ? folder : Uri.joinPath(prompt.file, "..");
  for (;;) {
    const uri = Uri.joinPath(place, SETTINGS_FILE);
    if (await exists(uri)) {
      return { uri, exists: true };
    }
    if (place.path === folder.path) {
      return { uri, exists: false };
    }
    place = Uri.joinPath(place, "..");
  }
}

function entryOf(prompt: Prompt, specifications: Uri[], from: string): string {
  // A JSON string is a TOML string as well.
  const within = (file: Uri) => JSON.stringify(path.posix.relative(from, file.path));
  const lines = [
    "[[prompt]]",
    "builtin" in prompt ? `builtin = ${JSON.stringify(prompt.builtin)}` : `file = ${within(prompt.file)}`,
  ];
  if (specifications.length > 0) {
    lines.push(`specs = [${specifications.map(within).join(", ")}]`);
  }
  return `${lines.join("\n")}\n`;
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function write(settings: Settings, entry: string): Promise<void> {
  if (!settings.exists) {
    await workspace.fs.writeFile(settings.uri, Buffer.from(entry));
    await window.showTextDocument(settings.uri);
    return;
  }
  // What stands in the editor counts, saved or not.
  const document = await workspace.openTextDocument(settings.uri);
  const text = document.getText();
  const gap = text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n";
  const edit = new WorkspaceEdit();
  const end = document.positionAt(text.length);
  edit.replace(settings.uri, new Range(end, end), `${gap}${entry}`);
  await workspace.applyEdit(edit);
  await document.save();
  await window.showTextDocument(document);
}
