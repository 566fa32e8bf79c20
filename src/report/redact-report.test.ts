import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { capText } from "./evidence.js";
import { formatNames, formats } from "./formats.js";
import { githubAnnotations } from "./github-annotations.js";
import type { Report, ReportCheck } from "./model.js";
import { createRedactor, type Redactor } from "./redact.js";
import { redactCheck, redactReport } from "./redact-report.js";
import { sampleReport } from "./sample-report.test.kit.js";
import { renderTerminal } from "./terminal.js";

const secret = 'k3y/+"<S3cr3t>';
const redactor = createRedactor([
  { kind: "header", name: "X-Api-Key", value: `Bearer ${secret}` },
  { kind: "userinfo", value: "hooks:pässwort" },
  { kind: "query", name: "key", value: "q-1" },
]);

const url = "https://hooks:pässwort@hooks.example/callback?key=q-1";

const withoutSecrets = (report: Report, by: Redactor): Report =>
  redactReport({ ...report, checks: report.checks.map((check) => redactCheck(check, by)) }, by);

/** A receiver that sends the secret back wherever it can. */
function leaky(): Report {
  const report = sampleReport();
  const say = `got ${secret}, ${encodeURIComponent(secret)}, ${JSON.stringify(secret)}, ${Buffer.from(secret).toString("base64")}`;
  const checks = report.checks.map((check): ReportCheck => ({
    ...check,
    reason: check.reason === null ? null : say,
    mismatches: [{ expected: say, actual: say, where: say }],
    hint: say,
    reproduce: `curl '${url}' -H 'X-Api-Key: Bearer ${secret}'`,
    notes: [say],
    attempts: check.attempts.map((attempt) => ({
      ...attempt,
      label: say,
      request: { ...attempt.request, url, headers: [["x-api-key", "another"]], body: say },
      response: {
        status: 401,
        statusText: say,
        headers: [
          ["WWW-Authenticate", say],
          [secret, "1"],
        ],
        body: say,
        bodyEnd: "complete",
      },
      error: { reason: "status", code: "401", message: say },
    })),
  }));
  return { ...report, target: { ...report.target, url }, notes: [say], verdictLine: say, checks };
}

const oneBody = (body: string, bodyEnd: "complete" | "late"): string | undefined => {
  const report = leaky();
  const checks = report.checks.slice(0, 1).map((check) => ({
    ...check,
    attempts: check.attempts.map((attempt) => ({
      ...attempt,
      response: attempt.response && { ...attempt.response, body, bodyEnd },
    })),
  }));
  return withoutSecrets({ ...report, checks }, redactor).checks[0]?.attempts[0]?.response?.body;
};

test("a secret that the receiver sends back everywhere stands in no format", async () => {
  const outputsOf = async (report: Report): Promise<readonly string[]> => [
    ...(await Promise.all(formatNames.map(async (name) => (await formats[name].load())(report)))),
    renderTerminal(report, { color: true }),
    githubAnnotations(report).join("\n"),
  ];
  const bare = await outputsOf(leaky());
  for (const [index, output] of (await outputsOf(withoutSecrets(leaky(), redactor))).entries()) {
    for (const part of ["S3cr3t", "pässwort", "another", "q-1", Buffer.from(secret).toString("base64").slice(0, 12)]) {
      expect(output).not.toContain(part);
    }
    // A format without evidence, such as a badge, has nothing to take out.
    expect(output.includes("[redacted]")).toBe(/S3cr3t/.test(bare[index] ?? ""));
  }
});

test("a redacted report keeps to the schema, whatever the secrets", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../reports/report.schema.json", import.meta.url), "utf8"),
  ) as object;
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const words = ["required", "passed", "failed", "2026-01-02", "complete", "skipped", "not-run"];
  const unlucky = createRedactor(words.map((value) => ({ kind: "token", value })));
  validate(withoutSecrets(leaky(), redactor));
  expect(validate.errors).toBeNull();
  validate(withoutSecrets(sampleReport(), unlucky));
  expect(validate.errors).toBeNull();
});

test("a report without secrets is unchanged", () => {
  expect(withoutSecrets(sampleReport(), redactor)).toEqual(sampleReport());
});

test("userinfo and secret query parameters leave the target's URL", () => {
  expect(redactReport(leaky(), redactor).target.url).toBe("https://[redacted]@hooks.example/callback?key=[redacted]");
});

test("a body that ended early may end inside a secret", () => {
  expect(oneBody("your key: k3y/+", "late")).toBe("your key: [redacted]");
  expect(oneBody("your key: k3y/+", "complete")).toBe("your key: k3y/+");
});

test("a body cut with a mark may end inside a secret", () => {
  expect(oneBody(capText(`your key: ${secret}`, 15), "complete")).toBe(
    "your key: [redacted]… [cut: 15 of 24 bytes shown]",
  );
});

test("a quotation cut with an ellipsis may end inside a secret", () => {
  const report = leaky();
  const clean = redactReport({ ...report, notes: ['body starts with "key k3y/+…" and is HTML'] }, redactor);
  expect(clean.notes).toEqual(['body starts with "key [redacted]…" and is HTML']);
});

test("where evidence is cut, nothing of a secret is left", () => {
  for (let before = 8160; before <= 8192; before++) {
    const body = oneBody(`${"x".repeat(before)}${secret}, and more ${"y".repeat(20_000)}`, "complete") ?? "";
    expect(body).toMatch(/… \[cut: 8,\d+ of/);
    // The first letter of the secret is in nothing else there.
    expect(body).not.toContain("k");
  }
});
