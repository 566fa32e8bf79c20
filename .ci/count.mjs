// Prints what was skipped, file by file, what failed and why, and then `N passed, N failed` from Vitest's JSON reports, one
// for each Node. A file that does not load, and a run that fails without a failed test (an unhandled error, no report at
// all), count as one failure.
import { readFileSync } from "node:fs";
import { basename, relative } from "node:path";

const [status, ...files] = process.argv.slice(2);

function count(file) {
  const node = `Node ${basename(file, ".json")}`;
  try {
    const { numPassedTests, testResults } = JSON.parse(readFileSync(file, "utf8"));
    const failed = testResults.flatMap((each) => failedIn(each).map((what) => `${node}: ${what}`));
    return { passed: numPassedTests, failed, skipped: testResults.flatMap(skippedIn) };
  } catch {
    return { passed: 0, failed: [`${node}: no report`], skipped: [] };
  }
}

function failedIn({ name, status, message, assertionResults }) {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((result) => result.status === "failed");
  if (failed.length === 0) return status === "failed" ? [`${file}: ${message}`] : [];
  return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}\n${failureMessages.join("\n")}`);
}

function skippedIn({ name, assertionResults }) {
  const skipped = assertionResults.filter(({ status }) => status === "skipped" || status === "pending");
  const [first] = skipped;
  if (first === undefined) return [];
  const more = skipped.length === 1 ? "" : ` and ${skipped.length - 1} more`;
  return [`${relative(process.cwd(), name)}: ${first.fullName}${more}`];
}

function tell(heading, texts) {
  if (texts.length > 0) console.log([heading, ...texts.join("\n").split("\n")].join("\n  "));
}

const counts = files.map(count);
const skipped = counts.flatMap((each) => each.skipped);
const failed = counts.flatMap((each) => each.failed);
tell("skipped:", [...new Set(skipped)]);
tell(
  "failed:",
  failed.map((text) => text.split("\n").slice(0, 40).join("\n")),
);
const passed = counts.reduce((total, each) => total + each.passed, 0);
console.log(`${passed} passed, ${status === "0" ? failed.length : Math.max(1, failed.length)} failed`);
