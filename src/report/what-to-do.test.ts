import { expect, it } from "vitest";
import { renderHtml } from "./html/html.js";
import { renderLog } from "./log.js";
import { renderMarkdown } from "./markdown.js";
import { reportOf } from "./report.test.kit.js";

const unreachable = { outcome: "not-run", reasonCode: "unreachable", reason: "nobody listens" } as const;
const gate = { outcome: "inconclusive", levels: ["required"], exitCode: 3 } as const;
const open = reportOf({ "a/x": unreachable, "a/y": unreachable }, { verdict: "inconclusive", gate });
const says = "See that the receiver runs and is reached from here";

it("an inconclusive report leads with what to do about it", () => {
  const html = renderHtml(open);
  expect(html.indexOf(says)).toBeGreaterThan(0);
  expect(html.indexOf(says)).toBeLessThan(html.indexOf('id="checks"'));
  const markdown = renderMarkdown(open);
  expect(markdown.indexOf(says)).toBeLessThan(markdown.indexOf("## Not run"));
  expect(renderLog(open, { color: false })).toContain(`to do: ${says}`);
});

it("one that concludes says nothing of the kind", () => {
  const done = reportOf(
    { "a/x": "passed" },
    { verdict: "conformant", gate: { ...gate, outcome: "passed", exitCode: 0 } },
  );
  expect(renderHtml(done)).not.toContain("What to do:");
  expect(renderMarkdown(done)).not.toContain("## What to do");
});
