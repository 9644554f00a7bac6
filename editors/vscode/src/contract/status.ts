// The count of met clauses in the status bar, while a module or a prompt is in the active editor.

import type { Disposable } from "vscode";
import { MarkdownString, StatusBarAlignment, window } from "vscode";
import { isPrompt, isSpecification } from "../documents";
import type { ContractModel } from "./model";
import { clausesInWords, countsInWords, headline } from "./verdicts";

export class ContractStatus implements Disposable {
  private readonly item = window.createStatusBarItem("tla-contract.count", StatusBarAlignment.Left, 10);
  private readonly subscriptions: Disposable[];

  constructor(private readonly model: ContractModel) {
    this.item.name = "TLA+ contract";
    this.item.command = "tla-contract.showContract";
    this.subscriptions = [
      this.item,
      model.onDidChange(() => this.show()),
      window.onDidChangeActiveTextEditor(() => this.show()),
    ];
    this.show();
  }

  /** What stands in the status bar; `undefined` while nothing does. */
  get text(): string | undefined {
    const { shown } = this.model;
    if (shown.kind === "ungoverned") {
      return "$(law) no prompt";
    }
    if (shown.kind !== "contract") {
      return undefined;
    }
    const { module, summary } = shown.contract;
    return module === null ? `$(law) ${clausesInWords(summary)}` : `$(law) ${summary.met}/${summary.checked} met`;
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  private show(): void {
    const active = window.activeTextEditor?.document;
    const text = this.text;
    if (text === undefined || active === undefined || !(isSpecification(active) || isPrompt(active))) {
      this.item.hide();
      return;
    }
    this.item.text = text;
    this.item.tooltip = this.tooltip();
    this.item.show();
  }

  private tooltip(): MarkdownString {
    const { shown } = this.model;
    const tooltip = new MarkdownString();
    if (shown.kind !== "contract") {
      return tooltip.appendText("No prompt governs this module.");
    }
    const { module, summary } = shown.contract;
    tooltip.appendText(headline(shown.contract));
    tooltip.appendMarkdown("\n\n");
    return tooltip.appendText(module === null ? clausesInWords(summary) : `Clauses: ${countsInWords(summary)}`);
  }
}
