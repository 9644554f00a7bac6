// Which documents the commands speak of.

import type { TextDocument } from "vscode";
import { window } from "vscode";

export const PROMPT_LANGUAGE = "tla-contract-prompt";
const SPECIFICATION_LANGUAGES = ["tlaplus", "tla"];

/** The module in the active editor. */
export function activeSpecification(): TextDocument {
  const document = window.activeTextEditor?.document;
  if (document === undefined || !SPECIFICATION_LANGUAGES.includes(document.languageId)) {
    throw new Error("Open a TLA+ module first.");
  }
  return document;
}

/** The module or the prompt in the active editor. */
export function activeSpecificationOrPrompt(): TextDocument {
  const document = window.activeTextEditor?.document;
  if (document?.languageId === PROMPT_LANGUAGE) {
    return document;
  }
  return activeSpecification();
}
