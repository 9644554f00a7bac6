// The running server: started, restarted, asked.

import type { ExtensionContext } from "vscode";
import { commands, window } from "vscode";
import type { DynamicFeature, LanguageClientOptions, StaticFeature } from "vscode-languageclient/node";
import { ExecuteCommandRequest, LanguageClient } from "vscode-languageclient/node";
import { SERVER_PATH, locateServer } from "./locate";

const OPEN_SETTINGS = "Open Settings";

/**
 * A client that leaves the registration of commands to the extension: its commands bear the names of the server's, and
 * ask the user for what the server wants to know.
 */
class Client extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const isExecuteCommand =
      "registrationType" in feature && feature.registrationType.method === ExecuteCommandRequest.type.method;
    if (!isExecuteCommand) {
      super.registerFeature(feature);
    }
  }
}

export class Server {
  private client: LanguageClient | undefined;
  /** Starts and stops follow one another, however fast they are asked for. */
  private pending: Promise<void> = Promise.resolve();
  private readonly output = window.createOutputChannel("TLA+ contract", { log: true });

  constructor(private readonly context: ExtensionContext) {
    context.subscriptions.push(this.output);
  }

  start(): Promise<void> {
    return this.inTurn(() => this.startNow());
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.stopNow());
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  /** Runs a command of the server, named without its prefix. */
  async execute<Result>(command: string, ...args: unknown[]): Promise<Result> {
    await this.pending;
    const params = { command: `tla-contract.${command}`, arguments: args };
    const answer: unknown = await this.running().sendRequest(ExecuteCommandRequest.type, params);
    return answer as Result;
  }

  /** The client, once it is started. */
  running(): LanguageClient {
    if (this.client?.isRunning() !== true) {
      throw new Error("The server of TLA+ contract does not run.");
    }
    return this.client;
  }

  /** The built-in prompts, by name. */
  builtinPrompts(): string[] {
    const experimental: unknown = this.running().initializeResult?.capabilities.experimental;
    const told = (experimental as { prompts?: unknown } | undefined)?.prompts;
    return Array.isArray(told) ? told.filter((name) => typeof name === "string") : [];
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.pending = this.pending.then(work, work);
    return this.pending;
  }

  private async startNow(): Promise<void> {
    const located = await locateServer(this.context);
    if ("problem" in located) {
      this.output.error(located.problem);
      // Not awaited: the message stays until the user has read it.
      void window.showErrorMessage(located.problem, OPEN_SETTINGS).then((chosen) => {
        if (chosen === OPEN_SETTINGS) {
          void commands.executeCommand("workbench.action.openSettings", SERVER_PATH);
        }
      });
      return;
    }
    this.output.info(`Starting ${located.program}`);
    const options: LanguageClientOptions = {
      documentSelector: [
        { language: "tlaplus" },
        { language: "tla" },
        { language: "tla-contract-prompt" },
        { pattern: "**/tla-contract.toml" },
      ],
      diagnosticCollectionName: "tla-contract",
      outputChannel: this.output,
    };
    const launch = { command: located.program, args: ["serve", "--stdio"] };
    const client = new Client("tla-contract", "TLA+ contract", launch, options);
    try {
      await client.start();
      this.client = client;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(`The server ${located.program} could not be started: ${reason}`);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose();
  }
}
