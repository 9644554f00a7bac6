// Choosing a prompt: a file of the workspace or one that is built in.

import type { QuickPickItem, Uri } from "vscode";
import { QuickPickItemKind, window, workspace } from "vscode";
import type { Server } from "../server";

const PROMPT_FILES = "**/*.prompt.{md,txt}";
const PROMPT_LIMIT = 500;
const OTHER_FILE = "$(folder-opened) Choose another file…";

export type Prompt = { file: Uri } | { builtin: string };

interface Choice extends QuickPickItem {
  prompt?: Prompt;
}

/** One of the prompts that are known. */
export async function chooseListedPrompt(server: Server, title: string): Promise<Prompt | undefined> {
  return (await window.showQuickPick(await choices(server), { title }))?.prompt;
}

/** One of the prompts that are known, or any file. */
export async function choosePrompt(server: Server, title: string): Promise<Prompt | undefined> {
  const separator: Choice = { label: "", kind: QuickPickItemKind.Separator };
  const chosen = await window.showQuickPick([...(await choices(server)), separator, { label: OTHER_FILE }], { title });
  if (chosen?.label !== OTHER_FILE) {
    return chosen?.prompt;
  }
  const filters = { Prompts: ["md", "txt"] };
  const [file] = (await window.showOpenDialog({ title, filters })) ?? [];
  return file && { file };
}

async function choices(server: Server): Promise<Choice[]> {
  const files = await workspace.findFiles(PROMPT_FILES, undefined, PROMPT_LIMIT);
  const named = files.map((file) => ({ label: workspace.asRelativePath(file), prompt: { file } }));
  const builtin = server.builtinPrompts().map((name) => ({
    label: name,
    description: "built in",
    prompt: { builtin: name },
  }));
  return [...named.sort((one, other) => one.label.localeCompare(other.label)), ...builtin];
}
