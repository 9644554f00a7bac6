// What came of the tests, a line for each.

let passed = 0;
let failed = 0;

/** Tells of one test; `problem` is empty for one that passed. */
export function report(name, problem, spent) {
  console.log(`vscode: ${problem ? "FAILED" : "ok    "} ${name} (${spent} ms)`);
  if (problem) {
    failed += 1;
    console.log(problem);
  } else {
    passed += 1;
  }
}

/** Tells of all tests together; the exit code. */
export function conclude() {
  console.log(`vscode: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
