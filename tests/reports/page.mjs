// The page of `report` in a real Chromium: the matrix, a click, the keyboard, filter, sort and search, both themes, two
// runs compared. page.mjs PAGE COMPARED [SCREENSHOTS]

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(import.meta.url)(process.env.TLA_CONTRACT_PLAYWRIGHT);
const [page, compared, shots] = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: process.env.TLA_CONTRACT_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function opened(file, colorScheme = "light") {
  const tab = await browser.newPage({ viewport: { width: 1400, height: 1000 }, colorScheme });
  const faults = [];
  tab.on("pageerror", (error) => faults.push(error.message));
  tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  tab.on("request", (request) => request.url().startsWith("file:") || request.url().startsWith("blob:") || faults.push(`fetches ${request.url()}`));
  await tab.goto(pathToFileURL(path.resolve(file)).href);
  await tab.waitForSelector("#matrix td.counts");
  return { tab, faults, names: () => tab.locator("#matrix tbody th[data-row]").allTextContents() };
}

const tests = {
  async "the matrix shows every reply and every clause, grouped with rates"() {
    const { tab, faults, names } = await opened(page);
    assert.equal((await names()).length, 36);
    assert.equal(await tab.locator("#matrix thead th.clause").count(), 24);
    assert.deepEqual(await tab.locator("#matrix tr.group th").allTextContents(), ["heron-large 12", "heron-small 12", "wren-2 12"]);
    assert.equal(await tab.locator("#shown").textContent(), "36 replies");
    assert.equal(await tab.locator("svg [role=listitem]").first().getAttribute("aria-label").then((told) => told.startsWith("other.1")), true);
    assert.deepEqual(faults, []);
  },

  async "a click shows the prompt's line, the lines that decide it and the finding, and Escape closes it"() {
    const { tab, faults } = await opened(page);
    await tab.locator("#matrix td .cell.violated").first().click();
    const details = tab.locator("#details");
    await details.locator("h3").waitFor();
    assert.match(await details.locator("blockquote").first().textContent(), /^the prompt, line \d+: /);
    assert.ok((await details.locator("pre mark").count()) > 0, "a place is marked");
    assert.ok((await details.locator(".finding").count()) > 0, "the finding is told");
    await details.locator("details summary").first().click();
    assert.ok((await details.locator("pre .removed, pre .added").count()) > 0, "what a fix would do");
    await tab.keyboard.press("Escape");
    assert.equal(await details.isVisible(), false);
    assert.deepEqual(faults, []);
  },

  async "the keyboard reaches every cell and opens it"() {
    const { tab } = await opened(page);
    await tab.locator("#matrix tbody th[data-row]").first().focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await tab.keyboard.press(key);
    const told = () => tab.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.match(await told(), /^actions\.1 /);
    await tab.keyboard.press("Enter");
    await tab.locator("#details h3").waitFor();
    assert.match(await tab.locator("#details h3").textContent(), /^actions\.1 /);
    await tab.keyboard.press("Escape");
    assert.match(await told(), /^actions\.1 /, "the focus is back");
    await tab.keyboard.press("Home");
    await tab.keyboard.press("Enter");
    await tab.waitForFunction(() => document.querySelector("#details h3")?.textContent.endsWith("02/etcdraft.tla"));
  },

  async "filter, search and sort leave what is asked for, and the address keeps them"() {
    const { tab, names } = await opened(page);
    await tab.selectOption("#clause", { label: await tab.locator("#clause option", { hasText: "output.fences" }).textContent() });
    await tab.selectOption("#verdict", { label: "violated" });
    const fenced = await names();
    assert.ok(fenced.length > 0 && fenced.length < 36, String(fenced.length));
    assert.equal(await tab.locator("#shown").textContent(), `${fenced.length} of 36 replies`);
    await tab.fill("#search", "WREN");
    assert.ok((await names()).every((name) => name.startsWith("wren-2/")), "searched");
    const kept = await browser.newPage();
    await kept.goto(tab.url());
    await kept.waitForSelector("#matrix td.counts");
    assert.deepEqual(await kept.locator("#matrix tbody th[data-row]").allTextContents(), await names());
    await tab.click("#reset");
    assert.equal((await names()).length, 36);
    await tab.uncheck("#grouped");
    await tab.selectOption("#sort", "errors");
    const errors = (await tab.locator("#matrix tbody td.counts").allTextContents()).filter((_, place) => place % 2 === 0).map(Number);
    assert.deepEqual(errors, [...errors].sort((one, other) => other - one));
  },

  async "light and dark follow the system until one is chosen"() {
    const ground = (tab) => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await opened(page, "light");
    const dark = await opened(page, "dark");
    const [bright, dim] = [await ground(light.tab), await ground(dark.tab)];
    assert.notEqual(bright, dim);
    await light.tab.selectOption("#theme", "dark");
    assert.equal(await ground(light.tab), dim);
    for (const [name, { tab }] of shots ? Object.entries({ light: await opened(page, "light"), dark }) : []) {
      await tab.screenshot({ path: path.join(shots, `report-${name}.png`) });
      await tab.evaluate(() => document.getElementById("matrix-title").scrollIntoView());
      await tab.locator("#matrix td .cell.violated").first().click();
      await tab.locator("#details h3").waitFor();
      await tab.screenshot({ path: path.join(shots, `report-${name}-details.png`) });
    }
  },

  async "two runs compared show what is better and worse"() {
    const { tab, names } = await opened(compared);
    assert.match(await tab.locator(".changes").first().textContent(), /Since the older run: \d+ verdicts better/);
    assert.ok((await tab.locator("#matrix .cell.better").count()) > 0);
    await tab.check("#changed");
    const changed = await names();
    assert.ok(changed.length > 0 && changed.length < 36, String(changed.length));
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`page: ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`page: FAILED: ${name}: ${error.message}`);
  }
}
await browser.close();
process.exit(failed > 0 ? 1 : 0);
