// Quick fixes for what SANY says through the TLA+ extension. It counts columns in its own way where there are tabs, so
// its places are not trusted: the name it speaks of leads to the server's own finding.

import type { CodeAction, CodeActionContext, Command, Diagnostic, TextDocument } from "vscode";
import { languages } from "vscode";
import type { Middleware } from "vscode-languageclient/node";

const SOURCE = "tla-contract";
const UNKNOWN_OPERATOR = /^Unknown operator: `([^']+)'/m;

type ProvideCodeActions = NonNullable<Middleware["provideCodeActions"]>;

/** The server's actions at a place, and those for what SANY says there. */
export const withFixesForSany: ProvideCodeActions = async (document, range, context, token, next) => {
  const given = (await next(document, range, context, token)) ?? [];
  const actions: (Command | CodeAction)[] = [...given];
  for (const said of context.diagnostics.filter(({ source }) => source !== SOURCE)) {
    const finding = findingFor(document, said);
    if (finding === undefined) {
      continue;
    }
    const asked: CodeActionContext = { ...context, diagnostics: [finding] };
    for (const action of (await next(document, finding.range, asked, token)) ?? []) {
      if (isFixOf(action, finding)) {
        associate(actions, action, said);
      }
    }
  }
  return actions;
};

/** The server's finding about the name that SANY does not know, the nearest to where SANY sees it. */
function findingFor(document: TextDocument, said: Diagnostic): Diagnostic | undefined {
  const name = UNKNOWN_OPERATOR.exec(said.message)?.[1];
  if (name === undefined) {
    return undefined;
  }
  const distance = ({ range }: Diagnostic) => Math.abs(range.start.line - said.range.start.line);
  return languages
    .getDiagnostics(document.uri)
    .filter(({ source, range }) => source === SOURCE && document.getText(range) === name)
    .sort((one, other) => distance(one) - distance(other))[0];
}

function isFixOf(action: Command | CodeAction, finding: Diagnostic): action is CodeAction {
  const of = "diagnostics" in action ? (action.diagnostics ?? []) : [];
  return of.some(({ range, message }) => range.isEqual(finding.range) && message === finding.message);
}

/** Adds an action for what SANY says; one that is there already is marked as being for that too. */
function associate(actions: (Command | CodeAction)[], action: CodeAction, said: Diagnostic): void {
  const known = actions.find((other): other is CodeAction => other.title === action.title && "edit" in other);
  if (known !== undefined) {
    known.diagnostics = [...(known.diagnostics ?? []), said];
    return;
  }
  action.diagnostics = [...(action.diagnostics ?? []), said];
  actions.push(action);
}
