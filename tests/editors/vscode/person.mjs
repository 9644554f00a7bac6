// What a person sees and does in the browser. Every step leaves a screenshot to look at.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { report } from "./report.mjs";

const REPLY = "reply/etcdraft.tla";

export async function asPerson({ page, folder, host, shots }) {
  const shoot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });

  // A browser on a busy machine loses a key or a click now and then: a step that fails is taken a second time, and says so.
  async function test(name, run) {
    const started = Date.now();
    try {
      await run();
      report(name, null, Date.now() - started);
    } catch (first) {
      await shoot(`first: ${name}`);
      console.log(`vscode: again  ${name}: ${first.message.split("\n")[0]}`);
      await page.keyboard.press("Escape");
      try {
        await run();
        report(name, null, Date.now() - started);
      } catch (error) {
        await shoot(`failed: ${name}`);
        report(name, error.stack, Date.now() - started);
      }
    }
  }

  const input = page.locator(".quick-input-widget input").first();
  const row = page.locator(".quick-input-list .monaco-list-row");
  const sidebar = page.locator(".sidebar");
  const notification = page.locator(".notifications-toasts .notification-list-item");

  // Keys go astray while a picker is still closing or the findings are on their way: a person presses them again.
  async function until(done) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await done();
      } catch (error) {
        if (tries === 5) throw error;
        await page.keyboard.press("Escape");
      }
    }
  }

  const pick = (key, text) =>
    until(async () => {
      await page.keyboard.press(key);
      await input.fill(text, { timeout: 3_000 });
    });

  async function command(title) {
    await pick("F1", `>${title}`);
    await row.first().getByText(title).first().waitFor();
    await page.keyboard.press("Enter");
  }

  async function openFile(name) {
    await pick("Control+P", path.join(folder, name));
    // Files that were open before come first until the file that was asked for is found.
    const first = page.locator('.quick-input-list .monaco-list-row[data-index="0"]');
    await first.filter({ hasText: name.split("/")[0] }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
  }

  async function widenSidebar(by) {
    const { x, width, y, height } = await sidebar.boundingBox();
    await page.mouse.move(x + width, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width + by, y + height / 2, { steps: 5 });
    await page.mouse.up();
  }

  async function closeAll() {
    await command("View: Close All Editors");
    const discard = page.getByRole("button", { name: "Don't Save" });
    const asked = discard.waitFor({ timeout: 2_000 });
    await asked.then(
      () => discard.click(),
      () => {},
    );
  }

  // The tests before left editors with unsaved text.
  await closeAll();
  await test("a person sees squiggles and the findings in the Problems panel", async () => {
    await openFile(REPLY);
    await page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
    await command("Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row").getByText("tla-contract").first().waitFor();
    await shoot("problems");
  });
  await test("a person sees the contract in the side bar, and the count in the status bar", async () => {
    await command("View: Hide Panel");
    await openFile(REPLY);
    await command("TLA+ contract: Show the Contract");
    await sidebar.getByText("Messages").first().waitFor();
    await page
      .locator(".statusbar-item")
      .getByText(/\d+\/\d+ met/)
      .first()
      .waitFor();
    await shoot("contract");
    await sidebar.screenshot({ path: path.join(shots, "view.png") });
  });
  await test("a person goes from a clause to the module and, by its button, to the prompt", async () => {
    const clause = sidebar.locator(".monaco-list-row").filter({ hasText: "Messages" }).first();
    await clause.click();
    await page.locator('.tab.active[data-resource-name="etcdraft.tla"]').waitFor();
    await clause.hover();
    await clause.locator(".action-label").first().click();
    await page.locator('.tab.active[data-resource-name="etcdraft.prompt.md"]').waitFor();
    await page.locator(".monaco-editor .selected-text").first().waitFor();
    await shoot("clause");
  });
  await test("a person opens a clause and sees every place that decided it", async () => {
    await host.set({ "editor.minimap.enabled": false, "editor.stickyScroll.enabled": false });
    await page.setViewportSize({ width: 1200, height: 760 });
    await widenSidebar(110);
    await openFile(REPLY);
    const clause = (title) => sidebar.locator(".monaco-list-row").filter({ hasText: title }).first();
    await clause("Messages").waitFor();
    await clause("Timers").locator(".monaco-tl-twistie").click();
    const place = sidebar.locator('.monaco-list-row[aria-level="3"]').filter({ hasText: "line 54" });
    await place.click();
    await page.locator(".monaco-editor .selected-text").first().waitFor();
    await page.mouse.move(800, 400);
    await shoot("picture");
    await clause("Timers").locator(".monaco-tl-twistie").click();
    await widenSidebar(-110);
    await page.setViewportSize({ width: 1280, height: 800 });
    await host.set({});
  });
  await test("a person goes to a clause by keyboard", async () => {
    await openFile(REPLY);
    await command("TLA+ contract: Go to a Clause");
    await page
      .locator(".quick-input-title")
      .getByText(/\d+ of \d+ met/)
      .waitFor();
    await shoot("clauses");
    await input.fill("one vote per term");
    await page.keyboard.press("Enter");
    await page.locator(".statusbar-item").getByText("Ln 159").waitFor();
  });
  await test("a person takes a fix by keyboard", async () => {
    await openFile(REPLY);
    const here = page.locator(".statusbar-item").getByText("Ln 1, Col 1", { exact: true });
    const fix = page.locator(".action-widget .monaco-list-row").first();
    await until(async () => {
      await page.keyboard.press("Control+Home");
      await here.waitFor({ timeout: 3_000 });
      await page.keyboard.press("Control+.");
      await fix.waitFor({ timeout: 3_000 });
    });
    await shoot("fixes");
    await page.keyboard.press("Enter");
    await page.locator(".tab.active.dirty").waitFor();
    const first = page.locator(".monaco-editor .view-lines .view-line").first();
    assert.equal((await first.textContent()).trim(), "```tla");
  });
  await test("a person renders a built-in prompt, asked for each value", async () => {
    await openFile(REPLY);
    await command("TLA+ contract: Render a Prompt");
    await row.getByText("etcdraft").first().waitFor();
    await shoot("render-which");
    await input.fill("etcdraft");
    await page.keyboard.press("Enter");
    const asked = (name) => page.locator(".quick-input-title").getByText(`{${name}}`).waitFor();
    for (const name of ["focus", "file_path"]) {
      await asked(name);
      await row.getByText("Type a text").waitFor();
      await shoot(`render-${name}`);
      await page.keyboard.press("Enter");
      await row.first().waitFor({ state: "hidden" });
      await input.fill(`the ${name}`);
      await page.keyboard.press("Enter");
    }
    await asked("source_code");
    // The dialog begins in the folder of the file in the editor.
    await writeFile(path.join(folder, path.dirname(REPLY), "tick.go"), "func tick() {}\n");
    await row.getByText("Choose files").click();
    await row.getByText("tick.go").first().waitFor();
    await shoot("render-files");
    await row.getByText("tick.go").first().click();
    await page.locator(".tab.active").getByText("Untitled").first().waitFor();
    await shoot("rendered");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.includes("the focus") && copied.includes("func tick() {}"), copied);
    assert.ok(!copied.includes("{focus}"), copied);
  });
  await test("a person makes a contract from a prompt file, after being asked", async () => {
    await writeFile(path.join(folder, "mine.prompt.md"), "CRITICAL OUTPUT REQUIREMENTS:\n1. Define Init and Next\n");
    await openFile("mine.prompt.md");
    await command("TLA+ contract: New Contract from a Prompt");
    const reply = row.filter({ hasText: REPLY });
    await reply.waitFor();
    await reply.click();
    await page.keyboard.press("Enter");
    await page.locator(".monaco-dialog-box").getByText("[[prompt]]").waitFor();
    await shoot("new-contract");
    await assert.rejects(readFile(path.join(folder, "tla-contract.toml")), "nothing is written before");
    await page.locator(".monaco-dialog-box").getByRole("button", { name: "Write" }).click();
    await page.locator('.tab.active[data-resource-name="tla-contract.toml"]').waitFor();
    const written = await readFile(path.join(folder, "tla-contract.toml"), "utf8");
    assert.equal(written, `[[prompt]]\nfile = "mine.prompt.md"\nspecs = ["${REPLY}"]\n`);
    await openFile(REPLY);
    await sidebar.getByText("mine.prompt.md").first().waitFor();
  });
  await test("a person finds the first steps", async () => {
    await closeAll();
    await command("Welcome: Open Walkthrough...");
    await row.filter({ hasText: "Hold a specification to its prompt" }).click();
    await page.locator(".getting-started-step").first().waitFor();
    await command("View: Toggle Primary Side Bar Visibility");
    await page.locator(".getting-started-media").first().waitFor();
    await shoot("walkthrough");
    await command("View: Toggle Primary Side Bar Visibility");
    assert.equal(await page.locator(".getting-started-step").count(), 5);
  });
  await test("a person is told when the program of the setting is none", async () => {
    await host.set({ "tla-contract.server.path": "/nowhere/tla-contract" });
    await notification.getByText("names /nowhere/tla-contract").first().waitFor();
    await notification.getByText("Open Settings").first().waitFor();
    await shoot("no-server");
    await host.set({});
  });
}
