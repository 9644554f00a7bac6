// A provider for promptfoo that asks no model: it returns the file that the test names.

import { readFileSync } from "node:fs";

export default class Files {
  id() {
    return "files";
  }

  async callApi(_prompt, { vars }) {
    return { output: readFileSync(vars.reply, "utf8") };
  }
}
