// In a workspace that is not trusted: nothing that the workspace names is run, and everything else is there.

const assert = require("node:assert/strict");
const { access, readFile } = require("node:fs/promises");
const path = require("node:path");
const vscode = require("vscode");
const { eventually, findings, folder, inside, openSample } = require("../support.js");

exports.tests = [
  [
    "an untrusted workspace has findings and the contract",
    async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      await findings(await openSample());
      const { model } = await inside();
      await eventually("the contract", () => model.shown.kind === "contract");
    },
  ],
  [
    "no program of an untrusted workspace is run, be it named in its settings or on the PATH",
    async () => {
      const bait = path.join(folder(), "bin", "tla-contract");
      await access(bait);
      assert.ok(process.env.PATH.split(path.delimiter).includes(path.dirname(bait)));
      const settings = await readFile(path.join(folder(), ".vscode", "settings.json"), "utf8");
      assert.equal(JSON.parse(settings)["tla-contract.server.path"], bait);
      await assert.rejects(access(`${bait}.was-run`));
    },
  ],
];
