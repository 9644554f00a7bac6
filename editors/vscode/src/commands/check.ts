// All specifications of the workspace, held to their prompts: findings go to the Problems panel.

import { ProgressLocation, commands, window } from "vscode";
import type { Server } from "../server";

export async function checkWorkspace(server: Server): Promise<void> {
  const title = "Holding the specifications to their prompts";
  await window.withProgress({ location: ProgressLocation.Notification, title }, () => server.execute("checkWorkspace"));
  await commands.executeCommand("workbench.actions.view.problems");
}
