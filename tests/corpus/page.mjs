// The page of `report` over the real replies in a real Chromium: the matrix, a click, the filter, both themes.
// page.mjs PAGE FILES [SCREENSHOTS]

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(import.meta.url)(process.env.TLA_CONTRACT_PLAYWRIGHT);
const [page, count, shots] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.TLA_CONTRACT_CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

const grounds = new Set();
for (const colorScheme of ["light", "dark"]) {
  const tab = await browser.newPage({ viewport: { width: 1400, height: 1000 }, colorScheme });
  tab.on("pageerror", (error) => assert.fail(error.message));
  tab.on("request", (request) => assert.match(request.url(), /^(file|blob|data):/));
  const began = Date.now();
  await tab.goto(pathToFileURL(path.resolve(page)).href);
  const rows = tab.locator("#matrix tbody th[data-row]");
  await rows.first().waitFor();
  const spent = Date.now() - began;
  const tabs = tab.getByRole("tab");
  // The rows of a long matrix come as they are scrolled to; the count above it is of all.
  const counted = async () => parseInt(await tab.locator("#shown").textContent(), 10);
  // A single prompt has no tab.
  let all = (await tabs.count()) === 0 ? await counted() : 0;
  for (let place = (await tabs.count()) - 1; place >= 0; place -= 1) {
    await tabs.nth(place).click();
    all += await counted();
  }
  console.log(`page: ${colorScheme}: shown after ${spent} ms, ${all} replies under ${await tabs.count()} prompts`);
  assert.equal(all, Number(count));
  grounds.add(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor));
  if (shots) await tab.screenshot({ path: path.join(shots, `replies-${colorScheme}.png`) });

  await tab.locator("#matrix td .cell.violated").first().click();
  await tab.locator("#details h3").waitFor();
  assert.ok((await tab.locator("#details pre mark").count()) > 0, "the place is marked");
  if (shots) await tab.screenshot({ path: path.join(shots, `replies-${colorScheme}-details.png`) });
  await tab.keyboard.press("Escape");

  const shown = await counted();
  await tab.selectOption("#verdict", { label: "violated" });
  const left = await counted();
  assert.equal(await tab.locator("#shown").textContent(), `${left} of ${shown} replies`);
  assert.ok((await rows.count()) <= left);
  assert.ok(left > 0 && left < shown, `${left} of ${shown} rows are left by the filter`);
  await tab.close();
}
assert.equal(grounds.size, 2, "light and dark differ");
await browser.close();
console.log("page: ok: the page of all replies, in both themes");
