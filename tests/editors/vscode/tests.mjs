// Runs the tests in a real VS Code: those inside the extension host first, then what a person sees in the browser.

import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { startBrowser } from "./browser.mjs";
import { TRUSTED, UNTRUSTED, startHost } from "./host.mjs";
import { asPerson } from "./person.mjs";
import { conclude, report } from "./report.mjs";

const { TLA_CONTRACT_ROOT, TLA_CONTRACT_SAMPLES, TLA_CONTRACT_SERVER, HOST_HOME } = process.env;
const SHOTS = path.join(TLA_CONTRACT_ROOT, ".tools", "shots");
const SAMPLE = path.join(TLA_CONTRACT_SAMPLES, "etcdraft", "etcdraft.tla");

/** Where the server is found by the packages that bring none. */
const BIN = path.join(HOST_HOME, "bin");
await mkdir(BIN);
await symlink(path.resolve(TLA_CONTRACT_SERVER), path.join(BIN, "tla-contract"));
await mkdir(SHOTS, { recursive: true });

/** The suites: what is installed, on what folder, and what a person does afterwards. */
const SUITES = {
  alone: {
    extensions: ["bundled", "tests"],
    trust: TRUSTED,
    onPath: () => [],
    prepare: () => {},
    afterwards: asPerson,
  },
  beside: {
    extensions: ["standin", "bare", "tests"],
    trust: TRUSTED,
    onPath: () => [BIN],
    prepare: () => {},
    afterwards: () => {},
  },
  restricted: {
    extensions: ["bare", "tests"],
    trust: UNTRUSTED,
    onPath: (folder) => [path.join(folder, "bin"), BIN],
    prepare: layBait,
    afterwards: () => {},
  },
};

/** A program of the workspace, which its settings name and the PATH has. */
async function layBait(folder) {
  const bait = path.join(folder, "bin", "tla-contract");
  await mkdir(path.dirname(bait));
  await writeFile(bait, `#!/bin/sh\ntouch "$0.was-run"\nexec ${TLA_CONTRACT_SERVER} "$@"\n`);
  await chmod(bait, 0o755);
  await mkdir(path.join(folder, ".vscode"));
  const settings = { "tla-contract.server.path": bait };
  await writeFile(path.join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
}

async function outcomeOf(file, page) {
  const end = Date.now() + 240_000;
  while (Date.now() < end) {
    const written = await readFile(file, "utf8").catch(() => "");
    if (written !== "") {
      return JSON.parse(written);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await page.screenshot({ path: path.join(SHOTS, "late.png") });
  throw new Error("the extension host is late");
}

async function run(name, { extensions, trust, onPath, prepare, afterwards }) {
  const home = path.join(HOST_HOME, name);
  const folder = path.join(home, "work");
  const outcome = path.join(home, "outcome.json");
  await mkdir(path.join(folder, "reply"), { recursive: true });
  await copyFile(SAMPLE, path.join(folder, "reply", "etcdraft.tla"));
  await prepare(folder);
  // VS Code takes the PATH from the login shell of the user.
  await writeFile(path.join(home, ".profile"), `export PATH="${[...onPath(folder), "$PATH"].join(path.delimiter)}"\n`);
  const host = await startHost({
    home,
    folder,
    trust,
    extensions: extensions.map((extension) => path.join(HOST_HOME, `${extension}.vsix`)),
    environment: {
      TLA_CONTRACT_OUTCOME: outcome,
      TLA_CONTRACT_SUITE: name,
      SHELL: "/bin/bash",
    },
  });
  const { page, stop } = await startBrowser();
  try {
    await page.goto(host.url);
    for (const { name, problem, spent } of await outcomeOf(outcome, page)) {
      report(name, problem, spent);
    }
    await page.screenshot({ path: path.join(SHOTS, `after-${name}.png`) });
    await afterwards({ page, folder, host, shots: SHOTS });
  } catch (error) {
    report(`the run of "${name}" as a whole`, error.stack, 0);
  } finally {
    await stop();
    await host.stop();
  }
}

const wanted = process.argv.slice(2);
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    await run(name, suite);
  }
}
process.exit(conclude());
