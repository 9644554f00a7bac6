// The running server: started, restarted, asked.

import type { Disposable, ExtensionContext } from "vscode";
import { EventEmitter, commands, window } from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";
import { Client } from "./client";
import { SERVER_PATH, locateServer } from "./locate";
import type { Contract, ShownContract } from "./protocol";
import { ContractChanged, ContractRequest } from "./protocol";

const OPEN_SETTINGS = "Open Settings";
const SHOW_LOG = "Show Log";

export class Server implements Disposable {
  private client: Client | undefined;
  /** Starts and stops follow one another, however fast they are asked for. */
  private pending: Promise<void> = Promise.resolve();
  private readonly output = window.createOutputChannel("TLA+ contract", { log: true });
  private readonly stateChanged = new EventEmitter<void>();
  private readonly contractChanged = new EventEmitter<string>();

  /** The server runs, or it runs no longer. */
  readonly onDidChangeState = this.stateChanged.event;
  /** The verdicts on the module with this URI were reached anew. */
  readonly onDidChangeContract = this.contractChanged.event;

  constructor(private readonly context: ExtensionContext) {}

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

  dispose(): void {
    void this.stop();
    this.output.dispose();
  }

  get isRunning(): boolean {
    return this.client?.isRunning() === true;
  }

  /** Runs a command of the server, named without its prefix. */
  async execute<Result>(command: string, ...args: unknown[]): Promise<Result> {
    await this.pending;
    const params = { command: `tla-contract.${command}`, arguments: args };
    const answer: unknown = await this.running().sendRequest(ExecuteCommandRequest.type, params);
    return answer as Result;
  }

  /** The contract that governs a module; `null` where there is none. */
  async contract(uri: string): Promise<Contract | null> {
    await this.pending;
    return this.running().sendRequest(ContractRequest, { textDocument: { uri } });
  }

  /** The contract that a prompt is, without verdicts. */
  async contractOfPrompt(uri: string): Promise<ShownContract> {
    return this.execute("showContract", uri);
  }

  /** The client, once it is started. */
  running(): Client {
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
      this.stateChanged.fire();
      return;
    }
    this.output.info(`Starting ${located.program}`);
    const client = new Client(located.program, { outputChannel: this.output });
    client.onNotification(ContractChanged, ({ uri }) => this.contractChanged.fire(uri));
    client.onDidChangeState(() => this.stateChanged.fire());
    try {
      await client.start();
      this.client = client;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The server ${located.program} could not be started: ${reason}`;
      void window.showErrorMessage(message, SHOW_LOG).then((chosen) => {
        if (chosen === SHOW_LOG) {
          this.output.show();
        }
      });
    }
    this.stateChanged.fire();
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose();
  }
}
