// The clauses of the governing prompt with their verdicts, as a list to choose from: a clause goes to its place in the
// module, its button to the prompt.

import type { QuickInputButton, QuickPickItem } from "vscode";
import { QuickPickItemKind, ThemeIcon, Uri, window } from "vscode";
import type { Range } from "vscode-languageclient/node";
import { activeSpecificationOrPrompt } from "../documents";
import type { Clause, Contract, Verdict } from "../protocol";
import type { Server } from "../server";

const ICONS: Record<Verdict, string> = {
  met: "$(pass)",
  equivalent: "$(pass)",
  declared: "$(warning)",
  missing: "$(error)",
  violated: "$(error)",
  "not-checked": "$(circle-outline)",
};

const TO_PROMPT: QuickInputButton = { iconPath: new ThemeIcon("book"), tooltip: "Show the clause in the prompt" };

interface Item extends QuickPickItem {
  clause?: Clause;
}

export async function showContract(server: Server): Promise<void> {
  const document = activeSpecificationOrPrompt();
  const contract = await server.execute<Contract>("showContract", document.uri.toString());
  if (contract.prompt === null) {
    void window.showInformationMessage("No prompt governs this module. Name one in tla-contract.toml.");
    return;
  }
  const prompt = contract.prompt;
  const list = window.createQuickPick<Item>();
  list.title = `${prompt.name}: ${contract.met} of ${contract.checked} checked clauses met`;
  list.placeholder = "Go to what decided a clause";
  list.matchOnDescription = true;
  list.items = items(contract);
  const go = async (uri: Uri, range: Range) => {
    list.hide();
    const selection = server.running().protocol2CodeConverter.asRange(range);
    await window.showTextDocument(uri, { selection });
  };
  list.onDidAccept(() => {
    const clause = list.selectedItems[0]?.clause;
    const evidence = clause?.evidence[0];
    if (evidence !== undefined) {
      void go(document.uri, evidence.range);
    } else if (clause !== undefined && prompt.uri !== null) {
      void go(Uri.parse(prompt.uri), clause.range);
    }
  });
  list.onDidTriggerItemButton(({ item }) => {
    if (item.clause !== undefined && prompt.uri !== null) {
      void go(Uri.parse(prompt.uri), item.clause.range);
    }
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

function items(contract: Contract): Item[] {
  const result: Item[] = [];
  let kind: string | undefined;
  for (const clause of contract.clauses) {
    if (clause.kind !== kind) {
      kind = clause.kind;
      result.push({ label: kind, kind: QuickPickItemKind.Separator });
    }
    const verdict = clause.verdict ?? "not-checked";
    const note = clause.note === null ? "" : `: ${clause.note}`;
    result.push({
      label: `${ICONS[verdict]} ${clause.title}`,
      description: `${verdict.replace("-", " ")}${note}`,
      buttons: contract.prompt?.uri ? [TO_PROMPT] : [],
      clause,
    });
  }
  return result;
}
