// Runs a suite of tests inside the extension host, as an extension beside the one under test, and writes the outcome to
// the file that TLA_CONTRACT_OUTCOME names.

const { writeFileSync } = require("node:fs");
const { tests } = require(`./suites/${process.env.TLA_CONTRACT_SUITE}.js`);

exports.activate = async () => {
  const outcome = [];
  for (const [name, run] of tests) {
    const started = Date.now();
    let problem = null;
    try {
      await Promise.race([run(), late(30_000)]);
    } catch (error) {
      problem = error instanceof Error ? error.stack : String(error);
    }
    outcome.push({ name, problem, spent: Date.now() - started });
  }
  writeFileSync(process.env.TLA_CONTRACT_OUTCOME, JSON.stringify(outcome));
};

const late = (limit) =>
  new Promise((_, reject) => setTimeout(() => reject(new Error(`not done in ${limit} ms`)), limit).unref());
