// The extension's life: it starts the server and makes the view and the commands known.

import type { ExtensionContext } from "vscode";
import { commands, window, workspace } from "vscode";
import { configureLanguageAlone, onOwnershipChange } from "./coexistence";
import { WorkspaceCheck } from "./commands/check";
import { Places, showContract } from "./commands/contract";
import { newContract } from "./commands/create";
import { fixAll } from "./commands/fix";
import { renderPrompt } from "./commands/render";
import { copyRepairPrompt } from "./commands/repair";
import { provideBuiltinPrompts } from "./contract/builtin";
import { ContractModel } from "./contract/model";
import { ContractStatus } from "./contract/status";
import { ContractView } from "./contract/view";
import { leaveAssistantPrompts } from "./documents";
import { SERVER_PATH } from "./locate";
import { Server } from "./server";

let server: Server | undefined;

/** What the tests look at. */
interface Inside {
  model: ContractModel;
  view: ContractView;
  status: ContractStatus;
}

export async function activate(context: ExtensionContext): Promise<Inside> {
  const started = new Server(context);
  server = started;
  const model = new ContractModel(started);
  const view = new ContractView(model);
  const status = new ContractStatus(model);
  const places = new Places(started, model);
  const check = new WorkspaceCheck(started);

  const actions: Record<string, (...args: never[]) => unknown> = {
    renderPrompt: (wanted?: unknown) => renderPrompt(started, wanted),
    copyRepairPrompt: () => copyRepairPrompt(started),
    checkWorkspace: () => check.run(),
    fixAll: () => fixAll(started),
    newContract: (prompt?: unknown) => newContract(started, prompt),
    showContract,
    goToClause: () => places.goToClause(),
    openPrompt: () => places.openPrompt(),
    openClause: places.openClause.bind(places),
    openClauseInPrompt: places.openClauseInPrompt.bind(places),
    openPlace: places.openPlace.bind(places),
    showUnmetOnly: () => view.showUnmetOnly(),
    showAllClauses: () => view.showAll(),
    insertStub: (uri: string, wanted: string) => started.execute("insertStub", uri, wanted),
    restartServer: () => started.restart(),
  };
  for (const [name, run] of Object.entries(actions)) {
    context.subscriptions.push(commands.registerCommand(`tla-contract.${name}`, (...args: never[]) => told(run, args)));
  }
  context.subscriptions.push(
    started,
    model,
    view,
    status,
    check,
    provideBuiltinPrompts(started),
    leaveAssistantPrompts(),
    ...configureLanguageAlone(),
    ...onOwnershipChange(() => void started.restart()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SERVER_PATH)) {
        void started.restart();
      }
    }),
    workspace.onDidGrantWorkspaceTrust(() => void started.restart()),
  );
  await started.start();
  return { model, view, status };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Shows what went wrong in a command, in the server's own words. */
async function told(run: (...args: never[]) => unknown, args: never[]): Promise<unknown> {
  try {
    return await run(...args);
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
