// The Contract view in the side bar: the clauses by section, each with its verdict; below a clause, what decided it.

import type { Disposable, Event, TreeDataProvider, TreeView } from "vscode";
import { EventEmitter, MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, commands, window } from "vscode";
import type { Clause, Contract, Evidence } from "../protocol";
import type { ContractModel } from "./model";
import {
  clausesInWords,
  countsInWords,
  headline,
  isMet,
  isUnmet,
  plain,
  verdictIcon,
  verdictInWords,
  verdictSign,
} from "./verdicts";

const VIEW = "tla-contract.contract";
/** For the conditions of menus and of the welcome texts. */
const STATE_KEY = "tla-contract.state";
const UNMET_ONLY_KEY = "tla-contract.unmetOnly";

export type Node = SectionNode | ClauseNode | EvidenceNode;

interface SectionNode {
  kind: "section";
  title: string;
  clauses: ClauseNode[];
}

export interface ClauseNode {
  kind: "clause";
  clause: Clause;
  section: SectionNode;
}

interface EvidenceNode {
  kind: "evidence";
  evidence: Evidence;
  place: number;
  of: ClauseNode;
}

export class ContractView implements TreeDataProvider<Node>, Disposable {
  private sections: SectionNode[] = [];
  private unmetOnly = false;
  private readonly changed = new EventEmitter<void>();
  private readonly tree: TreeView<Node>;
  private readonly subscriptions: Disposable[];

  readonly onDidChangeTreeData: Event<void> = this.changed.event;

  constructor(private readonly model: ContractModel) {
    this.tree = window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [this.tree, this.changed, model.onDidChange(() => this.show())];
    this.show();
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  /** Shows all clauses, or those alone that are not met. */
  showAll(): void {
    this.unmetOnly = false;
    this.show();
  }

  /** Shows only the clauses that are checked and not met. */
  showUnmetOnly(): void {
    this.unmetOnly = true;
    this.show();
  }

  getChildren(node?: Node): Node[] {
    switch (node?.kind) {
      case undefined:
        return this.sections;
      case "section":
        return node.clauses;
      case "clause":
        return node.clause.evidence.map((evidence, place) => ({ kind: "evidence", evidence, place, of: node }));
      case "evidence":
        return [];
    }
  }

  getParent(node: Node): Node | undefined {
    switch (node.kind) {
      case "section":
        return undefined;
      case "clause":
        return node.section;
      case "evidence":
        return node.of;
    }
  }

  getTreeItem(node: Node): TreeItem {
    switch (node.kind) {
      case "section":
        return sectionItem(node);
      case "clause":
        return clauseItem(node);
      case "evidence":
        return evidenceItem(node);
    }
  }

  private show(): void {
    const { shown } = this.model;
    void commands.executeCommand("setContext", STATE_KEY, shown.kind);
    void commands.executeCommand("setContext", UNMET_ONLY_KEY, this.unmetOnly);
    this.sections = shown.kind === "contract" ? this.sectionsOf(shown.contract) : [];
    this.describe();
    this.changed.fire();
  }

  private sectionsOf({ clauses }: Contract): SectionNode[] {
    const sections: SectionNode[] = [];
    for (const clause of clauses) {
      if (this.unmetOnly && !isUnmet(clause.verdict)) {
        continue;
      }
      const title = clause.section || "Demands";
      let section = sections.at(-1);
      if (section?.title !== title) {
        section = { kind: "section", title, clauses: [] };
        sections.push(section);
      }
      section.clauses.push({ kind: "clause", clause, section });
    }
    return sections;
  }

  /** What stands beside the title of the view, and above its clauses. */
  private describe(): void {
    const { shown } = this.model;
    if (shown.kind !== "contract") {
      this.tree.message = "";
      this.tree.badge = undefined;
      return;
    }
    const { module, summary } = shown.contract;
    const unmet = module === null ? 0 : summary.checked - summary.met;
    const counts = module === null ? clausesInWords(summary) : countsInWords(summary);
    this.tree.message = `${headline(shown.contract)}: ${counts}`;
    this.tree.badge = unmet === 0 ? undefined : { value: unmet, tooltip: `Clauses that are not met: ${unmet}` };
  }
}

function sectionItem({ title, clauses }: SectionNode): TreeItem {
  // What stands in parentheses would push the count out of sight.
  const item = new TreeItem(title.replace(/\s*\([^()]*\)$/, ""), TreeItemCollapsibleState.Expanded);
  const judged = clauses.filter(({ clause }) => clause.verdict !== null && clause.verdict !== "not-checked");
  const met = judged.filter(({ clause }) => isMet(clause.verdict)).length;
  item.id = `section ${title} ${clauses[0]?.clause.clause ?? ""}`;
  item.description = judged.length === 0 ? "" : `${met}/${judged.length}`;
  item.tooltip = title;
  item.contextValue = "section";
  return item;
}

function clauseItem(node: ClauseNode): TreeItem {
  const { clause } = node;
  const state = clause.evidence.length === 0 ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(plain(clause.title), state);
  item.id = `clause ${clause.clause}`;
  item.iconPath = verdictIcon(clause.verdict);
  item.description = plain(isMet(clause.verdict) ? clause.note : verdictInWords(clause));
  item.tooltip = clauseTooltip(clause);
  item.contextValue = "clause";
  item.accessibilityInformation = { label: plain(`${clause.title}, ${verdictInWords(clause)}`) };
  item.command = { command: "tla-contract.openClause", title: "Go to the Clause", arguments: [node] };
  return item;
}

function clauseTooltip({ title, verdict, note, polarity, clause }: Clause): MarkdownString {
  const tooltip = new MarkdownString(undefined, true);
  tooltip.appendMarkdown(`**${verdictSign(verdict)} `);
  tooltip.appendText(title);
  tooltip.appendMarkdown("**\n\n");
  tooltip.appendText(verdictInWords({ verdict, note }));
  tooltip.appendMarkdown(`\n\n_${polarity}_ · \`${clause}\``);
  return tooltip;
}

function evidenceItem({ evidence, place, of }: EvidenceNode): TreeItem {
  const item = new TreeItem(evidence.name);
  item.id = `evidence ${of.clause.clause} ${place}`;
  item.iconPath = new ThemeIcon("location");
  item.description = `line ${evidence.range.start.line + 1}`;
  item.contextValue = "evidence";
  item.command = { command: "tla-contract.openPlace", title: "Go to the Place", arguments: [evidence] };
  return item;
}
