// Prints what was skipped, file by file, and then `N passed, N failed` from Vitest's JSON reports, one for each Node. A
// file that does not load, and a run that fails without a failed test (an unhandled error, no report at all), count as one
// failure.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

const [status, ...files] = process.argv.slice(2);

function count(file) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, "utf8"));
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === "failed" && !assertionResults.some((result) => result.status === "failed"),
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: testResults.flatMap(skippedIn) };
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
}

function skippedIn({ name, assertionResults }) {
  const skipped = assertionResults.filter(({ status }) => status === "skipped" || status === "pending");
  const [first] = skipped;
  if (first === undefined) return [];
  const more = skipped.length === 1 ? "" : ` and ${skipped.length - 1} more`;
  return [`${relative(process.cwd(), name)}: ${first.fullName}${more}`];
}

const counts = files.map(count);
const sum = (key) => counts.reduce((total, each) => total + each[key], 0);
const skipped = [...new Set(counts.flatMap((each) => each.skipped))];
if (skipped.length > 0) console.log(`skipped:\n${skipped.map((line) => `  ${line}`).join("\n")}`);
console.log(`${sum("passed")} passed, ${status === "0" ? sum("failed") : Math.max(1, sum("failed"))} failed`);
