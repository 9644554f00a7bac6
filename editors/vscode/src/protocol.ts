// What the server's commands take and give.

import type { Range } from "vscode-languageclient/node";

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
  level: "behaviour" | "declared";
  /** In the specification. */
  range: Range;
}

export interface Clause {
  id: string;
  kind: string;
  title: string;
  text: string;
  polarity: "required" | "forbidden" | "allowed";
  /** In the prompt. */
  range: Range;
  checked: boolean;
  verdict: Verdict | null;
  note: string | null;
  evidence: Evidence[];
}

/** The answer of `showContract`. */
export interface Contract {
  prompt: { name: string; uri: string | null } | null;
  how: "named" | "settings" | "module" | "built-in" | "none";
  module: string | null;
  clauses: Clause[];
  met: number;
  checked: number;
}
