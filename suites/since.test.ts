import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sinceOf } from "../src/runner/as-of.js";
import { levels, type Check, type Level } from "../src/runner/check.js";
import { namesOf } from "../src/runner/selection.js";
import { suites } from "./index.js";

/**
 * Each check by the version that it came with, and its level there. Written by hand: what a version was released with is
 * what builds may be pinned to by `--as-of`.
 */
const released = JSON.parse(readFileSync(new URL("since.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, Level>>>
>;

const known = Object.entries(released).flatMap(([version, checks]) =>
  Object.entries(checks).map(([id, level]) => ({ id, level, version })),
);
const catalogue = suites.flatMap(({ checks }) => checks);

/** What a build that is pinned to a version would trip over, in sentences. */
function complaints(checks: readonly Check[]): readonly string[] {
  const added = checks.filter((check) => !known.some(({ id }) => namesOf(check).includes(id)));
  const gone = known.filter(({ id }) => !checks.some((check) => namesOf(check).includes(id)));
  const changed = known.flatMap(({ id, level, version }) => {
    const check = checks.find((each) => namesOf(each).includes(id));
    if (check === undefined) return [];
    const isRaised = levels.indexOf(check.level) < levels.indexOf(level);
    return [
      ...(sinceOf(check) === version ? [] : [`${id} says since ${sinceOf(check)}, and stands under ${version}`]),
      ...(isRaised
        ? [`${id} was ${level} in ${version}: as ${check.level} it would break builds, so make it a new check`]
        : []),
    ];
  });
  return [
    ...added.map(
      ({ id }) => `${id} is new: write it into suites/since.json under the next version, and give it that as since`,
    ),
    ...gone.map(({ id, version }) => `${id} came with ${version}, and ids are permanent: keep it among aliases`),
    ...changed,
  ];
}

it("each check says which version it came with, and none of an earlier version is lost or raised", () => {
  expect(complaints(catalogue)).toEqual([]);
});

const [first] = catalogue as [Check, ...Check[]];
const recommended = catalogue.find(({ level }) => level === "recommended") as Check;

it.each([
  ["added without since", [...catalogue, { ...first, id: "load/is-new" }], /^load\/is-new is new: /],
  [
    "renamed without an alias",
    catalogue.map((check) => (check === first ? { ...first, id: "load/is-new" } : check)),
    /is new|ids are permanent/,
  ],
  [
    "that says another version",
    catalogue.map((check) => (check === first ? { ...first, since: "0.9.0" } : check)),
    /says since 0\.9\.0/,
  ],
  [
    "that is raised",
    catalogue.map((check) => (check === recommended ? { ...check, level: "required" as const } : check)),
    /was recommended/,
  ],
])("is noticed of a check %s", (_, checks, says) => {
  expect(complaints(checks).join("\n")).toMatch(says);
});
