// A real browser: Debian's Chromium, headless, that talks to nobody but this machine.

import { createRequire } from "node:module";

const { chromium } = createRequire(import.meta.url)(process.env.TLA_CONTRACT_PLAYWRIGHT);

export async function startBrowser() {
  const browser = await chromium.launch({
    executablePath: process.env.TLA_CONTRACT_CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await context.route("**/*", (route) => {
    const { hostname, protocol } = new URL(route.request().url());
    const here = hostname === "127.0.0.1" || hostname.endsWith(".localhost") || !protocol.startsWith("http");
    return here ? route.continue() : route.abort();
  });
  return { page: await context.newPage(), stop: () => browser.close() };
}
