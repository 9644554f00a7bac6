// The prompt to send back to the model: what it must mend, in the words of the first prompt.

import { env, window, workspace } from "vscode";
import { activeSpecification } from "../documents";
import type { Server } from "../server";

const OPEN = "Open";

export async function copyRepairPrompt(server: Server): Promise<void> {
  const document = activeSpecification();
  const text = await server.execute<string | null>("repairPrompt", document.uri.toString());
  if (text === null || text === "") {
    void window.showInformationMessage("There is nothing to repair.");
    return;
  }
  await env.clipboard.writeText(text);
  // Not awaited: the message stays until the user has read it.
  void window.showInformationMessage("The repair prompt is on the clipboard.", OPEN).then(async (chosen) => {
    if (chosen === OPEN) {
      const opened = await workspace.openTextDocument({ language: "markdown", content: text });
      await window.showTextDocument(opened, { preview: false });
    }
  });
}
