// Who gives what where the TLA+ extension is installed: it and this one both know a formatter, symbols and keywords.

import type { Disposable } from "vscode";
import { extensions, languages, workspace } from "vscode";
import { SPECIFICATION_LANGUAGES } from "./documents";

const TLA_EXTENSION = "tlaplus.vscode-ide";

/** What both give, by the name of its setting. */
export type Shared = "formatter" | "symbols" | "keywordCompletion" | "syntaxTokens";

export const SHARED: readonly Shared[] = ["formatter", "symbols", "keywordCompletion", "syntaxTokens"];

/** Whether this extension gives it for modules: as the setting says, else where the TLA+ extension does not. */
export function isOurs(shared: Shared): boolean {
  const setting = workspace.getConfiguration("tla-contract").get<"auto" | "on" | "off">(shared, "auto");
  return setting === "auto" ? !isTlaExtensionThere() : setting === "on";
}

/**
 * Tells when another answer of `isOurs` may have come about: by a setting, or by the TLA+ extension that came or went.
 */
export function onOwnershipChange(listener: () => void): Disposable[] {
  const owned = () => SHARED.map(isOurs).join();
  let before = owned();
  const look = () => {
    const now = owned();
    if (now !== before) {
      before = now;
      listener();
    }
  };
  return [workspace.onDidChangeConfiguration(look), extensions.onDidChange(look)];
}

/** Comments and brackets of modules, as long as the TLA+ extension does not bring them. */
export function configureLanguageAlone(): Disposable[] {
  let configured: Disposable | undefined;
  const look = () => {
    if (isTlaExtensionThere()) {
      configured?.dispose();
      configured = undefined;
    } else {
      configured ??= configureLanguage();
    }
  };
  look();
  return [extensions.onDidChange(look), { dispose: () => configured?.dispose() }];
}

function configureLanguage(): Disposable {
  const pairs: [string, string][] = [
    ["{", "}"],
    ["[", "]"],
    ["(", ")"],
    ["<<", ">>"],
  ];
  const closing = [...pairs, ["(*", "*)"], ['"', '"']].map(([open = "", close = ""]) => ({ open, close }));
  const configured = SPECIFICATION_LANGUAGES.map((language) =>
    languages.setLanguageConfiguration(language, {
      comments: { lineComment: "\\*", blockComment: ["(*", "*)"] },
      brackets: pairs,
      autoClosingPairs: closing,
      wordPattern: /[A-Za-z0-9_]+/,
    }),
  );
  return { dispose: () => configured.forEach((one) => one.dispose()) };
}

function isTlaExtensionThere(): boolean {
  return extensions.getExtension(TLA_EXTENSION) !== undefined;
}
