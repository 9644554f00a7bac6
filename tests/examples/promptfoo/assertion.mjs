// An assertion for promptfoo: the share of the prompt's checked clauses that the reply meets, with a reason for each
// clause. The reply passes if no error was found. Settings: `config.prompt` names the prompt that the reply is held to.

import { spawnSync } from "node:child_process";

const PROGRAM = process.env.TLA_CONTRACT ?? "tla-contract";

export default (output, { config = {} }) => {
  const prompt = config.prompt ? ["--prompt", config.prompt] : [];
  const run = spawnSync(PROGRAM, ["check", "-", "--format", "json", ...prompt], { input: output, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error || run.status > 1) {
    return { pass: false, score: 0, reason: `tla-contract could not judge it: ${run.error?.message ?? run.stderr.trim()}` };
  }
  const { files, summary } = JSON.parse(run.stdout);
  const checked = files[0].verdicts.filter(({ verdict }) => verdict !== "not-checked");
  const isMet = ({ verdict }) => verdict === "met" || verdict === "equivalent";
  return {
    pass: summary.errors === 0,
    score: checked.length > 0 ? checked.filter(isMet).length / checked.length : Number(summary.errors === 0),
    reason: `${summary.met} of ${summary.checked} checked clauses met, ${summary.errors} errors`,
    componentResults: checked.map((clause) => ({
      pass: isMet(clause),
      score: Number(isMet(clause)),
      reason: `${clause.clause} ${clause.title} (line ${clause.prompt_line} of the prompt): ${clause.verdict}: ${clause.note}`,
    })),
  };
};
