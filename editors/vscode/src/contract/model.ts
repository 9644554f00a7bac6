// The contract that is looked at: that of the module in the active editor, kept in step with the server's verdicts.

import type { Disposable, TextDocument } from "vscode";
import { EventEmitter, Uri, window, workspace } from "vscode";
import { isPrompt, isSpecification } from "../documents";
import type { Clause, Contract, ShownContract } from "../protocol";
import type { Server } from "../server";
import { promptUri } from "./builtin";

/** What there is to look at. */
export type Shown =
  /** No module and no prompt was opened yet. */
  | { kind: "nothing" }
  /** The server does not run. */
  | { kind: "no-server" }
  /** No prompt governs the module. */
  | { kind: "ungoverned"; document: Uri }
  | { kind: "contract"; document: Uri; contract: Contract };

export class ContractModel implements Disposable {
  private state: Shown = { kind: "nothing" };
  private document: Uri | undefined;
  /** Counts what was asked for; an answer to an older question is dropped. */
  private asked = 0;
  private readonly changed = new EventEmitter<void>();
  private readonly subscriptions: Disposable[];

  readonly onDidChange = this.changed.event;

  constructor(private readonly server: Server) {
    this.subscriptions = [
      this.changed,
      window.onDidChangeActiveTextEditor((editor) => this.follow(editor?.document)),
      server.onDidChangeState(() => void this.refresh()),
      server.onDidChangeContract((uri) => {
        if (this.document !== undefined && Uri.parse(uri).toString() === this.document.toString()) {
          void this.refresh();
        }
      }),
    ];
    this.follow(window.activeTextEditor?.document);
  }

  get shown(): Shown {
    return this.state;
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  /** Asks the server anew. */
  async refresh(): Promise<void> {
    const question = ++this.asked;
    const next = await this.ask();
    if (question === this.asked) {
      this.state = next;
      this.changed.fire();
    }
  }

  /** Turns to a document; one that is neither a module nor a prompt leaves what is shown as it is. */
  private follow(document: TextDocument | undefined): void {
    if (document === undefined || !(isSpecification(document) || isPrompt(document))) {
      return;
    }
    // A clause was looked up in its prompt: the module's verdicts stay beside it.
    if (
      this.state.kind === "contract" &&
      promptUri(this.state.contract.prompt).toString() === document.uri.toString()
    ) {
      return;
    }
    this.document = document.uri;
    void this.refresh();
  }

  private async ask(): Promise<Shown> {
    const document = this.document;
    if (!this.server.isRunning) {
      return { kind: "no-server" };
    }
    if (document === undefined) {
      return { kind: "nothing" };
    }
    try {
      const contract =
        (await this.server.contract(document.toString())) ??
        ofPrompt(document, await this.server.contractOfPrompt(document.toString()));
      return contract === null ? { kind: "ungoverned", document } : { kind: "contract", document, contract };
    } catch {
      // The document is gone, or the server is about to be.
      return this.server.isRunning ? { kind: "nothing" } : { kind: "no-server" };
    }
  }
}

/** A prompt as a contract that no module is held to; `null` if the document is none. */
function ofPrompt(document: Uri, { prompt, clauses }: ShownContract): Contract | null {
  if (prompt === null) {
    return null;
  }
  const checked = clauses.filter((clause) => clause.checked).length;
  const unjudged = ({ id, kind, title, polarity, range, checked }: ShownContract["clauses"][number]): Clause => ({
    clause: id,
    kind,
    section: sectionName(kind),
    title,
    polarity,
    promptRange: range,
    verdict: checked ? null : "not-checked",
    note: "",
    evidence: [],
  });
  return {
    module: null,
    moduleRange: null,
    prompt: { name: workspace.asRelativePath(document), uri: document.toString() },
    summary: {
      met: 0,
      checked,
      missing: 0,
      declared: 0,
      violated: 0,
      notChecked: clauses.length - checked,
      total: clauses.length,
    },
    clauses: clauses.map(unjudged),
  };
}

const sectionName = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("-", " ");
