// All specifications of the workspace, held to their prompts. What is found in files that are not open goes to the Problems
// panel beside the findings of the open ones.

import type { Disposable } from "vscode";
import { Uri, commands, languages, window, workspace } from "vscode";
import type { CheckedWorkspace } from "../protocol";
import type { Server } from "../server";

export class WorkspaceCheck implements Disposable {
  private readonly found = languages.createDiagnosticCollection("tla-contract");
  private readonly subscriptions: Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      this.found,
      // From now on the server tells of it by itself.
      workspace.onDidOpenTextDocument(({ uri }) => this.found.delete(uri)),
      workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.found.delete(uri))),
      server.onDidChangeState(() => this.found.clear()),
    ];
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  /** Checks; the server shows its progress, and can be told there to stop. */
  async run(): Promise<void> {
    const checked = await this.server.execute<CheckedWorkspace>("checkWorkspace");
    const { protocol2CodeConverter } = this.server.running();
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    this.found.clear();
    for (const { uri, diagnostics } of checked.files) {
      const file = Uri.parse(uri);
      if (!open.has(file.toString())) {
        this.found.set(file, await protocol2CodeConverter.asDiagnostics(diagnostics));
      }
    }
    await commands.executeCommand("workbench.actions.view.problems");
    void window.showInformationMessage(inWords(checked));
  }
}

function inWords({ summary, complete }: CheckedWorkspace): string {
  const { files, errors, warnings, met, checked } = summary;
  const some = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const clauses = checked === 0 ? "" : `; ${met} of ${checked} clauses met`;
  const rest = complete ? "" : " Not all were checked.";
  return `${some(files, "specification")}: ${some(errors, "error")}, ${some(warnings, "warning")}${clauses}.${rest}`;
}
