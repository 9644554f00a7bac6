// Ways around the contract: the view, and from a clause to its places in the module and in the prompt.

import type { QuickInputButton, QuickPickItem, Range } from "vscode";
import { QuickPickItemKind, ThemeIcon, Uri, commands, window } from "vscode";
import { promptUri } from "../contract/builtin";
import type { ContractModel } from "../contract/model";
import { countsInWords, headline, plain, verdictInWords, verdictSign } from "../contract/verdicts";
import type { ClauseNode } from "../contract/view";
import type { Clause, Contract, Evidence } from "../protocol";
import type { Server } from "../server";

const TO_PROMPT: QuickInputButton = { iconPath: new ThemeIcon("book"), tooltip: "Show the clause in the prompt" };

export async function showContract(): Promise<void> {
  await commands.executeCommand("tla-contract.contract.focus");
}

/** Goes to a clause's place. */
export class Places {
  constructor(
    private readonly server: Server,
    private readonly model: ContractModel,
  ) {}

  /** To what decided a clause in the module; where nothing is to be seen there, to the clause in the prompt. */
  async openClause({ clause }: ClauseNode): Promise<void> {
    const [evidence] = clause.evidence;
    await (evidence === undefined ? this.openInPrompt(clause) : this.openPlace(evidence));
  }

  async openClauseInPrompt({ clause }: ClauseNode): Promise<void> {
    await this.openInPrompt(clause);
  }

  async openPlace({ uri, range }: Evidence): Promise<void> {
    await open(Uri.parse(uri), this.server.running().protocol2CodeConverter.asRange(range));
  }

  /** Opens the prompt that governs the module. */
  async openPrompt(): Promise<void> {
    await open(promptUri(this.contract().prompt));
  }

  /** The clauses as a list to choose from, for the keyboard. */
  async goToClause(): Promise<void> {
    const contract = this.contract();
    const list = window.createQuickPick<Item>();
    list.title = `${headline(contract)}: ${countsInWords(contract.summary)}`;
    list.placeholder = "Go to what decided a clause";
    list.matchOnDescription = true;
    list.items = items(contract);
    list.onDidAccept(() => {
      const clause = list.selectedItems[0]?.clause;
      if (clause !== undefined) {
        list.hide();
        const [evidence] = clause.evidence;
        void (evidence === undefined ? this.openInPrompt(clause) : this.openPlace(evidence));
      }
    });
    list.onDidTriggerItemButton(({ item }) => {
      if (item.clause !== undefined) {
        list.hide();
        void this.openInPrompt(item.clause);
      }
    });
    list.onDidHide(() => list.dispose());
    list.show();
  }

  private async openInPrompt(clause: Clause): Promise<void> {
    const { prompt } = this.contract();
    const range = clause.promptRange ?? (await this.rangeInBuiltin(clause));
    await open(promptUri(prompt), range && this.server.running().protocol2CodeConverter.asRange(range));
  }

  /** A clause of a built-in prompt has a place in its text, though that lies in no file. */
  private async rangeInBuiltin({ clause }: Clause) {
    const { shown } = this.model;
    if (shown.kind !== "contract") {
      return null;
    }
    const { clauses } = await this.server.contractOfPrompt(shown.document.toString());
    return clauses.find(({ id }) => id === clause)?.range ?? null;
  }

  private contract(): Contract {
    const { shown } = this.model;
    if (shown.kind === "contract") {
      return shown.contract;
    }
    throw new Error(
      shown.kind === "ungoverned"
        ? "No prompt governs this module. Name one in tla-contract.toml: “New Contract from a Prompt” writes it."
        : "Open a TLA+ module first.",
    );
  }
}

async function open(uri: Uri, selection?: Range | null): Promise<void> {
  await window.showTextDocument(uri, selection ? { selection } : {});
}

interface Item extends QuickPickItem {
  clause?: Clause;
}

function items({ clauses }: Contract): Item[] {
  const result: Item[] = [];
  let section: string | undefined;
  for (const clause of clauses) {
    if (clause.section !== section) {
      section = clause.section;
      result.push({ label: section, kind: QuickPickItemKind.Separator });
    }
    result.push({
      label: `${verdictSign(clause.verdict)} ${plain(clause.title)}`,
      description: plain(verdictInWords(clause)),
      buttons: [TO_PROMPT],
      clause,
    });
  }
  return result;
}
