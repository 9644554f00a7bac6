// How verdicts look: their words, icons and colours.

import { ThemeColor, ThemeIcon } from "vscode";
import type { Clause, Contract, Summary, Verdict } from "../protocol";

interface Look {
  word: string;
  icon: string;
  color?: string;
}

const PASSED = "testing.iconPassed";
const WARNING = "list.warningForeground";
const ERROR = "list.errorForeground";
const QUIET = "disabledForeground";

const LOOKS: Record<Verdict, Look> = {
  met: { word: "met", icon: "pass", color: PASSED },
  equivalent: { word: "met by an equivalent", icon: "pass", color: PASSED },
  declared: { word: "declared only", icon: "warning", color: WARNING },
  missing: { word: "missing", icon: "error", color: ERROR },
  violated: { word: "violated", icon: "circle-slash", color: ERROR },
  "not-checked": { word: "not checked", icon: "circle-outline", color: QUIET },
};

/** A clause of a prompt that no module is held to. */
const UNJUDGED: Look = { word: "", icon: "law" };

const lookOf = (verdict: Verdict | null) => (verdict === null ? UNJUDGED : LOOKS[verdict]);

const verdictWord = (verdict: Verdict | null) => lookOf(verdict).word;

/** The verdict and why it was reached. */
export function verdictInWords({ verdict, note }: Pick<Clause, "verdict" | "note">): string {
  return [verdictWord(verdict), note].filter(Boolean).join(": ");
}

/** The icon as it stands in a text that may hold icons. */
export const verdictSign = (verdict: Verdict | null) => `$(${lookOf(verdict).icon})`;

export function verdictIcon(verdict: Verdict | null): ThemeIcon {
  const { icon, color } = lookOf(verdict);
  return new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
}

export const isMet = (verdict: Verdict | null) => verdict === "met" || verdict === "equivalent";

/** Whether the clause is checked and found wanting. */
export const isUnmet = (verdict: Verdict | null) =>
  verdict === "declared" || verdict === "missing" || verdict === "violated";

/** What is held to what: `etcdraft, held to prompts/raft.prompt.md`. */
export const headline = ({ module, prompt }: Contract) =>
  module === null ? prompt.name : `${module}, held to ${prompt.name}`;

/** The counts in words, with those of nothing left out: `17 of 23 met, 4 missing`. */
export function countsInWords(summary: Summary): string {
  const rest: [number, string][] = [
    [summary.missing, "missing"],
    [summary.declared, "declared only"],
    [summary.violated, "violated"],
  ];
  const named = rest.filter(([count]) => count > 0).map(([count, word]) => `, ${count} ${word}`);
  return `${summary.met} of ${summary.checked} met${named.join("")}`;
}

/** The counts of a prompt that no module is held to: `23 clauses, 21 of them checked`. */
export const clausesInWords = ({ total, checked }: Summary) =>
  `${total} ${total === 1 ? "clause" : "clauses"}, ${checked} of them checked`;

/** A text without the back-ticks around names, for places that show them as they are. */
export const plain = (text: string) => text.replaceAll("`", "");
