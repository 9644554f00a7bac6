// The language client, fitted to its surroundings: commands are the extension's own, and where the TLA+ extension gives
// something, this one gives it for prompts and settings only.

import type { CompletionItem, CompletionList } from "vscode";
import { CompletionItemKind } from "vscode";
import type {
  DocumentSelector,
  DynamicFeature,
  LanguageClientOptions,
  Middleware,
  ServerCapabilities,
  StaticFeature,
} from "vscode-languageclient/node";
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  ExecuteCommandRequest,
  LanguageClient,
} from "vscode-languageclient/node";
import type { Shared } from "./coexistence";
import { isOurs } from "./coexistence";
import { PROMPT_LANGUAGE, SPECIFICATION_LANGUAGES, isSpecification } from "./documents";
import { withFixesForSany } from "./sany";

const OTHERS: DocumentSelector = [{ language: PROMPT_LANGUAGE }, { pattern: "**/tla-contract.toml" }];

const SELECTOR: DocumentSelector = [...SPECIFICATION_LANGUAGES.map((language) => ({ language })), ...OTHERS];

/** The requests that are not made for modules where another extension answers them. */
const SHARED_REQUESTS: Record<string, Shared> = {
  [DocumentFormattingRequest.method]: "formatter",
  [DocumentRangeFormattingRequest.method]: "formatter",
  [DocumentOnTypeFormattingRequest.method]: "formatter",
  [DocumentSymbolRequest.method]: "symbols",
};

export class Client extends LanguageClient {
  constructor(program: string, options: Pick<LanguageClientOptions, "outputChannel">) {
    const launch = { command: program, args: ["serve", "--stdio"] };
    super("tla-contract", "TLA+ contract", launch, {
      ...options,
      documentSelector: SELECTOR,
      diagnosticCollectionName: "tla-contract",
      // The findings of files that are not open are fetched by a command, not again and again.
      initializationOptions: {
        contractChanged: true,
        workspaceDiagnostics: false,
        // The TLA+ extension brings a grammar; alone, this one would leave all but names without colours.
        syntaxTokens: isOurs("syntaxTokens"),
      },
      middleware,
    });
  }

  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const method = "registrationType" in feature ? feature.registrationType.method : undefined;
    // The extension's commands bear the names of the server's, and ask the user for what the server wants to know.
    if (method === ExecuteCommandRequest.method) {
      return;
    }
    const shared = method === undefined ? undefined : SHARED_REQUESTS[method];
    if (shared !== undefined && !isOurs(shared)) {
      const initialize = feature.initialize.bind(feature);
      feature.initialize = (capabilities: ServerCapabilities) => initialize(capabilities, OTHERS);
    }
    super.registerFeature(feature);
  }
}

const middleware: Middleware = {
  provideCompletionItem: async (document, position, context, token, next) => {
    const given = await next(document, position, context, token);
    return isSpecification(document) && !isOurs("keywordCompletion") ? withoutKeywords(given) : given;
  },
  provideCodeActions: withFixesForSany,
};

type Completions = CompletionItem[] | CompletionList | null | undefined;

function withoutKeywords(given: Completions): Completions {
  const wanted = (item: CompletionItem) => item.kind !== CompletionItemKind.Keyword;
  if (given && "items" in given) {
    given.items = given.items.filter(wanted);
    return given;
  }
  return given?.filter(wanted);
}
