// Bundles the extension into dist/. With TLA_CONTRACT_SERVER set to a built `tla-contract`, that program goes along.

import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
rmSync("server", { recursive: true, force: true });

await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  logLevel: "warning",
});

copyFileSync("../../LICENSE", "LICENSE");
copyFileSync("../../grammars/prompt.tmLanguage.json", "dist/prompt.tmLanguage.json");

const server = process.env.TLA_CONTRACT_SERVER;
if (server) {
  const name = server.endsWith(".exe") ? "server/tla-contract.exe" : "server/tla-contract";
  mkdirSync("server");
  copyFileSync(server, name);
  chmodSync(name, 0o755);
}
