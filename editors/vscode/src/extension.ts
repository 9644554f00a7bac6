// The extension's life: it starts the server and makes the commands known.

import type { ExtensionContext } from "vscode";
import { commands, window, workspace } from "vscode";
import { showContract } from "./commands/contract";
import { fixAll } from "./commands/fix";
import { renderPrompt } from "./commands/render";
import { SERVER_PATH } from "./locate";
import { Server } from "./server";

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const started = new Server(context);
  server = started;
  const command = (name: string, run: (...args: never[]) => Promise<unknown>) => {
    const registered = commands.registerCommand(`tla-contract.${name}`, (...args: never[]) => told(run(...args)));
    context.subscriptions.push(registered);
  };
  command("renderPrompt", (wanted?: unknown) => renderPrompt(started, wanted));
  command("showContract", () => showContract(started));
  command("fixAll", () => fixAll(started));
  command("insertStub", (uri: string, wanted: string) => started.execute("insertStub", uri, wanted));
  command("restartServer", () => started.restart());
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SERVER_PATH)) {
        void started.restart();
      }
    }),
  );
  await started.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Shows what went wrong in a command, in the server's own words. */
async function told<Result>(running: Promise<Result>): Promise<Result | undefined> {
  try {
    return await running;
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
