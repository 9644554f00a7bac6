// All safe fixes of the module in the active editor. The server sends the edit itself.

import { window } from "vscode";
import { activeSpecification } from "../documents";
import type { Server } from "../server";

export async function fixAll(server: Server): Promise<void> {
  const document = activeSpecification();
  const made = await server.execute<object | null>("fixAll", document.uri.toString());
  if (made === null) {
    void window.showInformationMessage("There is nothing to fix safely.");
  }
}
