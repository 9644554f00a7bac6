// Which documents the extension speaks of.

import type { TextDocument } from "vscode";
import { languages, window, workspace } from "vscode";

export const PROMPT_LANGUAGE = "tla-contract-prompt";
export const SPECIFICATION_LANGUAGES = ["tlaplus", "tla"];

/** VS Code's own language for the prompts of its assistant, which end in `.prompt.md` too. */
const ASSISTANT_LANGUAGE = "prompt";
const ASSISTANT_FOLDER = "/.github/prompts/";

export const isSpecification = (document: TextDocument) => SPECIFICATION_LANGUAGES.includes(document.languageId);

export const isPrompt = (document: TextDocument) => document.languageId === PROMPT_LANGUAGE;

/** The module in the active editor. */
export function activeSpecification(): TextDocument {
  const document = window.activeTextEditor?.document;
  if (document === undefined || !isSpecification(document)) {
    throw new Error("Open a TLA+ module first.");
  }
  return document;
}

/** Gives the prompts of VS Code's assistant back to it. */
export function leaveAssistantPrompts() {
  const leave = async (document: TextDocument) => {
    if (isPrompt(document) && document.uri.path.includes(ASSISTANT_FOLDER)) {
      const known = await languages.getLanguages();
      await languages.setTextDocumentLanguage(
        document,
        known.includes(ASSISTANT_LANGUAGE) ? ASSISTANT_LANGUAGE : "markdown",
      );
    }
  };
  workspace.textDocuments.forEach((document) => void leave(document));
  return workspace.onDidOpenTextDocument((document) => void leave(document));
}
