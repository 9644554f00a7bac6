// Where the server program is: the setting, else the one that came with the extension, else the PATH.

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import * as path from "node:path";
import type { ExtensionContext } from "vscode";
import { workspace } from "vscode";

/** The setting that names the program. Not read from the settings of an untrusted workspace. */
export const SERVER_PATH = "tla-contract.server.path";

const PROGRAM = process.platform === "win32" ? "tla-contract.exe" : "tla-contract";

/** The program to start, or why there is none. */
export type Located = { program: string } | { problem: string };

export async function locateServer(context: ExtensionContext): Promise<Located> {
  const setting = workspace.getConfiguration().get<string>(SERVER_PATH, "").trim();
  if (setting !== "") {
    return (await isProgram(setting))
      ? { program: setting }
      : { problem: `The setting ${SERVER_PATH} names ${setting}, which is no program that can be started.` };
  }
  const bundled = context.asAbsolutePath(path.join("server", PROGRAM));
  for (const candidate of [bundled, ...onPath()]) {
    if (await isProgram(candidate)) {
      return { program: candidate };
    }
  }
  return {
    problem:
      `The program ${PROGRAM} was not found: this package of the extension brings none, and none is on the PATH. ` +
      `Install it, or name it in the setting ${SERVER_PATH}.`,
  };
}

/**
 * The places where the PATH would have the program. Relative entries are left out, they depend on the workspace; so are
 * those inside a workspace that is not trusted.
 */
function onPath(): string[] {
  const distrusted = workspace.isTrusted ? [] : (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const isWithin = (folder: string, place: string) => !path.relative(folder, place).startsWith("..");
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const trusted = folders.filter((folder) => !distrusted.some((distrusted) => isWithin(distrusted, folder)));
  return trusted.map((folder) => path.join(folder, PROGRAM));
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return path.isAbsolute(file) && (await stat(file)).isFile();
  } catch {
    return false;
  }
}
