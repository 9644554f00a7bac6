// What the server's requests and commands take and give, beyond LSP.

import type { Diagnostic, DocumentUri, Range, TextDocumentIdentifier } from "vscode-languageclient/node";
import { NotificationType, RequestType } from "vscode-languageclient/node";

/** A value for a placeholder: a text, or files whose texts are put in. */
export type PlaceholderValue = string | { files: string[] };

export type PlaceholderValues = Record<string, PlaceholderValue>;

/** The `data` of the error that `renderPrompt` answers with when values lack. */
export interface MissingValues {
  missing: string[];
}

export type Verdict = "met" | "equivalent" | "declared" | "missing" | "violated" | "not-checked";

export interface Evidence {
  name: string;
  uri: DocumentUri;
  range: Range;
}

export interface Clause {
  /** Its name within the prompt, such as `actions.3`. */
  clause: string;
  kind: string;
  /** The heading in the prompt; empty where there is none. */
  section: string;
  title: string;
  polarity: "required" | "forbidden" | "allowed";
  promptRange: Range | null;
  /** `null` where there is no module to judge, as in a prompt. */
  verdict: Verdict | null;
  /** Why, in a few words; may be empty. */
  note: string;
  evidence: Evidence[];
}

export interface Summary {
  met: number;
  checked: number;
  missing: number;
  declared: number;
  violated: number;
  notChecked: number;
  total: number;
}

/** A prompt as a contract, and how a module stands to it. */
export interface Contract {
  module: string | null;
  moduleRange: Range | null;
  prompt: { name: string; uri: DocumentUri | null };
  summary: Summary;
  clauses: Clause[];
}

/** The contract that governs a module; `null` where there is none. */
export const ContractRequest = new RequestType<{ textDocument: TextDocumentIdentifier }, Contract | null, void>(
  "tla-contract/contract",
);

/** The verdicts on an open module were reached anew. */
export const ContractChanged = new NotificationType<{ uri: DocumentUri; version: number }>(
  "tla-contract/contractChanged",
);

/** The answer of the command `checkWorkspace`. */
export interface CheckedWorkspace {
  files: { uri: DocumentUri; diagnostics: Diagnostic[] }[];
  summary: { files: number; errors: number; warnings: number; met: number; checked: number };
  /** Whether nothing was left out. */
  complete: boolean;
}

/** The answer of the command `showContract`, which speaks of prompts too. */
export interface ShownContract {
  prompt: { name: string; uri: DocumentUri | null } | null;
  clauses: { id: string; kind: string; title: string; polarity: Clause["polarity"]; range: Range; checked: boolean }[];
}
