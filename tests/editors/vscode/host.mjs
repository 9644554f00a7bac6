// A real VS Code: code-server on a free port of this machine, with a home of its own.

import { spawn, execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const { TLA_CONTRACT_NODE, TLA_CONTRACT_CODE_SERVER } = process.env;

/** Starts VS Code on a folder, with extensions installed; `trust` is how VS Code is told whether to trust the folder. */
export async function startHost({ home, folder, extensions, environment, trust }) {
  const data = path.join(home, "data");
  const config = path.join(home, "config.yaml");
  await mkdir(path.join(data, "User"), { recursive: true });
  await writeFile(config, "auth: none\n");
  await writeFile(path.join(data, "User", "settings.json"), JSON.stringify(SETTINGS));
  // What is set for the machine, such as the places of programs, VS Code reads beside the user's settings.
  await mkdir(path.join(data, "Machine"));
  const machine = path.join(data, "Machine", "settings.json");
  const set = (settings) => writeFile(machine, JSON.stringify(settings));
  await set({});
  const env = { ...process.env, HOME: home, ...environment };
  const common = [TLA_CONTRACT_CODE_SERVER, "--config", config, "--user-data-dir", data];
  for (const extension of extensions) {
    await promisify(execFile)(TLA_CONTRACT_NODE, [...common, "--install-extension", extension], { env });
  }
  const args = ["--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check"];
  const quiet = [...trust, "--disable-getting-started-override", folder];
  const server = spawn(TLA_CONTRACT_NODE, [...common, ...args, ...quiet], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await listening(server);
  return {
    url: `${url}?folder=${encodeURIComponent(folder)}`,
    /** Writes the settings of the machine anew. */
    set,
    stop: () => stop(server),
  };
}

export const TRUSTED = ["--disable-workspace-trust"];
/** The folder is not trusted, and nobody is asked. */
export const UNTRUSTED = [];

const SETTINGS = {
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "files.autoSave": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "window.menuBarVisibility": "hidden",
};

function listening(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk) => {
      said += chunk;
      const url = /listening on (http:\/\/127\.0\.0\.1:\d+\/)/.exec(said)?.[1];
      if (url) {
        resolve(url);
      }
    };
    server.stdout.setEncoding("utf8").on("data", hear);
    server.stderr.setEncoding("utf8").on("data", hear);
    server.once("exit", () => reject(new Error(`code-server ended:\n${said}`)));
    setTimeout(() => reject(new Error(`code-server is late:\n${said}`)), 60_000).unref();
  });
}

async function stop(server) {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    setTimeout(() => server.kill("SIGKILL"), 5_000).unref();
    await ended;
  }
}
