// Runs the tests in a real VS Code: those inside the extension host first, then what a person sees in the browser.

import assert from "node:assert/strict";
import { copyFile, mkdir, readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { startBrowser } from "./browser.mjs";
import { startHost } from "./host.mjs";

const { TLA_CONTRACT_ROOT, TLA_CONTRACT_SAMPLES, HOST_HOME } = process.env;
const REPLY = "reply/etcdraft.tla";
const SHOTS = path.join(TLA_CONTRACT_ROOT, ".tools", "shots");

const folder = path.join(HOST_HOME, "work");
const outcome = path.join(HOST_HOME, "outcome.json");
await mkdir(path.join(folder, "reply"), { recursive: true });
await mkdir(SHOTS, { recursive: true });
await copyFile(path.join(TLA_CONTRACT_SAMPLES, "etcdraft", "etcdraft.tla"), path.join(folder, REPLY));

let passed = 0;
let failed = 0;

function report(name, problem, spent) {
  console.log(`vscode: ${problem ? "FAILED" : "ok    "} ${name} (${spent} ms)`);
  if (problem) {
    failed += 1;
    console.log(problem);
  } else {
    passed += 1;
  }
}

async function test(name, run) {
  const started = Date.now();
  try {
    await run();
    report(name, null, Date.now() - started);
  } catch (error) {
    await page.screenshot({
      path: path.join(SHOTS, `failed-${failed + 1}.png`),
    });
    report(name, error.stack, Date.now() - started);
  }
}

async function inTheHost() {
  const end = Date.now() + 240_000;
  while (Date.now() < end) {
    const written = await readFile(outcome, "utf8").catch(() => "");
    if (written !== "") {
      return JSON.parse(written);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await page.screenshot({ path: path.join(SHOTS, "late.png") });
  throw new Error("the extension host is late");
}

const host = await startHost({
  home: HOST_HOME,
  folder,
  extensions: (await readdir(HOST_HOME))
    .filter((name) => name.endsWith(".vsix"))
    .map((name) => path.join(HOST_HOME, name)),
  environment: { TLA_CONTRACT_OUTCOME: outcome },
});
const { page, stop } = await startBrowser();

async function command(title) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row").first().getByText(title).first().waitFor();
  await page.keyboard.press("Enter");
}

async function openFile(name) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").first().fill(path.join(folder, name));
  // Files that were open before come first until the file that was asked for is found.
  const first = page.locator('.quick-input-list .monaco-list-row[data-index="0"]');
  await first.filter({ hasText: path.dirname(name) }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
}

try {
  await page.goto(host.url);
  for (const { name, problem, spent } of await inTheHost()) {
    report(name, problem, spent);
  }

  await command("View: Close All Editors");
  // The tests before left editors with unsaved text.
  const discard = page.getByRole("button", { name: "Don't Save" });
  if (
    await discard.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    )
  ) {
    await discard.click();
  }
  await test("a person sees squiggles and the findings in the Problems panel", async () => {
    await openFile(REPLY);
    await page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
    await command("Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row").getByText("tla-contract").first().waitFor();
    await page.screenshot({ path: path.join(SHOTS, "problems.png") });
  });
  await test("a person takes a fix by keyboard", async () => {
    await openFile(REPLY);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row").first().waitFor();
    await page.screenshot({ path: path.join(SHOTS, "fixes.png") });
    await page.keyboard.press("Enter");
    await page.locator(".tab.active.dirty").waitFor();
    const first = page.locator(".monaco-editor .view-lines .view-line").first();
    assert.equal((await first.textContent()).trim(), "```tla");
  });
  await test("a person sees the contract with its verdicts", async () => {
    await openFile(REPLY);
    await command("TLA+ contract: Show the Contract");
    await page.locator(".quick-input-title").getByText("checked clauses met").waitFor();
    await page.screenshot({ path: path.join(SHOTS, "contract.png") });
    assert.ok((await page.locator(".quick-input-list .monaco-list-row").count()) > 5);
    await page.keyboard.press("Escape");
  });
  await test("a person is asked for the values of a built-in prompt", async () => {
    await openFile(REPLY);
    await command("TLA+ contract: Render a Prompt");
    await page.locator(".quick-input-list .monaco-list-row").getByText("etcdraft").first().waitFor();
    await page.locator(".quick-input-widget input").first().fill("etcdraft");
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-title").getByText("{focus}").waitFor();
    await page.screenshot({ path: path.join(SHOTS, "render.png") });
    await page.keyboard.press("Escape");
  });
} catch (error) {
  report("the run as a whole", error.stack, 0);
} finally {
  await stop();
  await host.stop();
}
console.log(`vscode: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
