import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import type * as Batch from "../contract/batch.js";
import { suites } from "../../suites/index.js";
import { temporaryDirectory } from "./cli.test.kit.js";
import { cli } from "./cli.js";
import { formats } from "../report/formats.js";

vi.mock("../contract/batch.js", async (original) => {
  const { batchWith, ...others } = await original<typeof Batch>();
  const minutes = [1, 2, 5, 15, 30, 60].map((count) => count * 60_000);
  return { ...others, batchWith, batch: batchWith({ deadlineMs: 10_000, retryDelaysMs: minutes }) };
});

/** What only the documented figures would say, in words, digits and milliseconds. */
const documented =
  /\b((?<!retries )six(?! retries)|sixth|five retries|53 min|20[ -]s(econds)?|20 ?s|20[_,]?000|3[_,]?180[_,]?000)\b/i;

/** Ids are permanent, whatever the figures are. */
const withoutIds = (text: string): string => text.replaceAll("within-20-seconds", "");

let printed = "";
afterEach(() => void vi.restoreAllMocks());

async function said(...args: readonly string[]): Promise<string> {
  printed = "";
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  }
  expect(await cli(args)).toBe(0);
  return withoutIds(printed);
}

it("list and explain speak of the contract in force", async () => {
  expect(await said("list")).not.toMatch(documented);
  expect(await said("list", "--clauses")).toContain("There are 7 attempts");
  for (const { id } of suites.flatMap(({ checks }) => checks))
    expect(await said("explain", id)).not.toMatch(documented);
  const across = await said("explain", "retries/acknowledges-every-scheduled-attempt");
  expect(across.replaceAll(/\s+/g, " ")).toContain("meets one session seven times within 113 minutes");
});

it.each(["run", "send", "repro", "api", "receiver", "doctor"])("the help of %s does too", async (command) => {
  expect(await said(command, "--help")).not.toMatch(documented);
});

it("every named scenario is played as it is meant, and told of as it was", async () => {
  const text = await said("repro");
  expect(text).not.toMatch(documented);
  const timeline = await said("repro", "duplicates-over-the-whole-schedule");
  expect(timeline).toContain("seven times in 113 minutes");
  expect(timeline).toContain("1:53:00");
  expect(await said("repro", "just-before-the-deadline")).toContain("9.999");
});

it("a run and every report of it are of seven attempts and ten seconds", async () => {
  const out = temporaryDirectory();
  const all = Object.keys(formats).join(",");
  const text = await said(
    "run",
    "--embedded",
    "--suite",
    "acknowledgement,retries",
    "--seed",
    "a",
    "--report",
    all,
    "--out",
    out,
  );
  expect(text).not.toMatch(documented);
  for (const { file } of Object.values(formats)) {
    const report = withoutIds(readFileSync(join(out, file), "utf8"));
    const sentences = report.match(/[A-Za-z][^"<>\n]{20,}/g) ?? [];
    expect(
      sentences.filter((sentence) => /\b(six(?! retries)|53 minutes|20 seconds|five retries)\b/i.test(sentence)),
    ).toEqual([]);
  }
  const { contract, checks } = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as {
    readonly contract: object;
    readonly checks: readonly { readonly id: string; readonly attempts: readonly { virtualOffsetMs: number }[] }[];
  };
  expect(contract).toMatchObject({
    schedule: { offsetsMs: [0, 1, 3, 8, 23, 53, 113].map((minutes) => minutes * 60_000), deadlineMs: 10_000 },
  });
  const scheduled = checks.find(({ id }) => id === "retries/acknowledges-every-scheduled-attempt");
  expect(scheduled?.attempts.map(({ virtualOffsetMs }) => virtualOffsetMs / 60_000)).toEqual([0, 1, 3, 8, 23, 53, 113]);
  const html = readFileSync(join(out, "report.html"), "utf8");
  expect(html).toContain("deadline of 10 s");
  expect(html).toContain("113 min");
});
