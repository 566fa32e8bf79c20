// Prints `N passed, N failed` from Vitest's JSON reports, one for each Node. A file that does not load, and a run that
// fails without a failed test (an unhandled error, no report at all), count as one failure.
import { readFileSync } from "node:fs";

const [status, ...files] = process.argv.slice(2);

function count(file) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, "utf8"));
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === "failed" && !assertionResults.some((result) => result.status === "failed"),
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const counts = files.map(count);
const sum = (key) => counts.reduce((total, each) => total + each[key], 0);
console.log(`${sum("passed")} passed, ${status === "0" ? sum("failed") : Math.max(1, sum("failed"))} failed`);
