// Built-in prompts as documents to read: they come from the server and lie in no file.

import type { Disposable } from "vscode";
import { Uri, workspace } from "vscode";
import { ResponseError } from "vscode-languageclient/node";
import type { Contract, MissingValues } from "../protocol";
import type { Server } from "../server";

const SCHEME = "tla-contract-builtin";

/** Where the text of a prompt is read: in its file, or as a document if it is built in. */
export function promptUri({ name, uri }: Contract["prompt"]): Uri {
  // The server names a built-in prompt `built-in: etcdraft`.
  const builtin = name.replace(/^built-in:\s*/, "");
  return uri === null ? Uri.from({ scheme: SCHEME, path: `/${builtin}.prompt.md` }) : Uri.parse(uri);
}

export function provideBuiltinPrompts(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ path }) => textOf(server, path.slice(1).replace(/\.prompt\.md$/, "")),
  });
}

/** The text of a prompt: each placeholder filled with itself leaves it as it is. */
async function textOf(server: Server, name: string): Promise<string> {
  try {
    return await server.execute<string>("renderPrompt", name, {});
  } catch (error) {
    const missing = missingValues(error);
    if (missing.length === 0) {
      throw error;
    }
    return server.execute<string>("renderPrompt", name, Object.fromEntries(missing.map((name) => [name, `{${name}}`])));
  }
}

/** The placeholders for which a prompt has no value, if that is the error. */
export function missingValues(error: unknown): string[] {
  return error instanceof ResponseError ? ((error.data as MissingValues | undefined)?.missing ?? []) : [];
}
