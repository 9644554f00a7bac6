// All safe fixes of the module in the active editor. The server sends the edit itself.

import { window } from "vscode";
import { activeSpecification } from "../documents";
import type { Server } from "../server";

export async function fixAll(server: Server): Promise<void> {
  const document = activeSpecification();
  const before = document.version;
  await server.execute("fixAll", document.uri.toString());
  if (document.version === before) {
    void window.showInformationMessage("There is nothing to fix safely.");
  }
}
