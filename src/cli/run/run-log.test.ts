import { expect, it } from "vitest";
import { runCli, type Ended } from "../cli.test.kit.js";

const inCi = { CI: "true", GITHUB_ACTIONS: "true" };
const linesOf = ({ stdout, stderr }: Ended): readonly string[] => `${stdout}${stderr}`.trimEnd().split("\n");

it("of a conformant run has at most 25 lines in Actions, its suites folded", async () => {
  const ended = await runCli(["run", "--embedded"], { env: inCi });
  expect(ended.code).toBe(0);
  expect(linesOf(ended).length).toBeLessThanOrEqual(25);
  const [, folded = ""] = /^::group::Checks by suite\n([^]*)\n::endgroup::$/m.exec(ended.stdout) ?? [];
  expect(folded).toMatch(/^payload: \d+ passed \(/m);
  expect(ended.stdout).not.toMatch(/^.*skipped +callback-url/m);
  expect(ended.stdout).not.toContain("curl");
}, 120_000);
