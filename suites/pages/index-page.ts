import { levels, type Suite } from "../../src/runner/check.js";
import { code, link, madeFrom, plain, table } from "./markdown.js";

/** @param checkType the source of the type of a check. */
export function indexPage(suites: readonly Suite[], checkType: string): string {
  const counted = (suite: Suite): readonly string[] =>
    levels.map((level) => String(suite.checks.filter((check) => check.level === level).length));
  return [
    madeFrom("the suites"),
    "# The suites",
    "One file a suite, one object a check: what is sent, what is expected, why, and how to fix it. Reading them is a way to learn the protocol. Each suite has a page made from them.",
    table(
      ["suite", "what it is about", ...levels],
      suites.map((suite) => [link(suite.id, `${suite.id}.md`), plain(suite.title), ...counted(suite)]),
    ),
    "Required checks are documented; recommended ones are documented, or good practice in the field; hardening ones are hostile or unlucky input. What is documented, and what we decided where it is not, stands with [the contract](../src/contract/README.md).",
    "## How to add a check",
    [
      `1. Add one object to the ${code("checks")} of a suite. Its id is ${code("suite/what-a-good-receiver-does")} and is permanent: one that is renamed keeps the old one in ${code("aliases")}.`,
      `2. Add a receiver that is wrong in just that way to \`src/faulty-receivers\`, with the ids of the checks that it ${code("fails")}. The reference receiver has to pass.`,
      `3. Write it into \`suites/since.json\`, under the version that it will come with, and give it that as ${code("since")}: builds that are pinned by ${code("--as-of")} are then not broken by it.`,
      `4. ${code("npm run docs")} writes these pages anew.`,
    ].join("\n"),
    "Tests insist on all four. Three rules are not seen by a test: a check is required only where the contract says so; a check that expects a refusal carries its positive control, the same request with the one thing put right; and it reports every mismatch that it sees, not the first one.",
    `This is all that a check is, from \`src/runner/check.ts\`. What ${code("run")} is given to send and to report with stands in \`src/runner/check-context.ts\`.`,
    `\`\`\`ts\n${checkType}\n\`\`\``,
    "",
  ].join("\n\n");
}
