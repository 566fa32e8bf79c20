// Prints `N passed, N failed` from Vitest's JSON report. A file that does not load, and a run that fails without a
// failed test (an unhandled error, no report at all), count as one failure.
import { readFileSync } from "node:fs";

const [file, status] = process.argv.slice(2);

function count() {
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

const { passed, failed } = count();
console.log(`${passed} passed, ${status === "0" ? failed : Math.max(1, failed)} failed`);
