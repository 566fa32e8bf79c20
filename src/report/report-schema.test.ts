import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { renderJson } from "./json.js";
import type {
  ClauseStatus,
  LevelSummary,
  LikelyCause,
  Mismatch,
  Outcome,
  ReasonCode,
  Report,
  ReportAttempt,
  ReportCause,
  ReportCheck,
  ReportClause,
  ReportLevel,
  ReportRequest,
  ReportResponse,
  Verdict,
} from "./model.js";
import { schemaVersion } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

interface Node {
  readonly enum?: unknown[];
  readonly const?: unknown;
  readonly required?: string[];
  readonly properties?: Record<string, Node>;
  readonly additionalProperties?: boolean;
  readonly description?: string;
}

const schema = JSON.parse(
  readFileSync(new URL("../../reports/report.schema.json", import.meta.url), "utf8"),
) as Node & {
  readonly $defs: Record<string, Node>;
};
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const definition = (name: string): Node => schema.$defs[name] ?? {};
const property = (node: Node, name: string): Node => node.properties?.[name] ?? {};

/** Each name once: the compiler refuses one that the type lacks, and a list that lacks one of the type. */
type Names<T extends PropertyKey> = Record<T, true>;
const sorted = (names: object): string[] => Object.keys(names).sort();

const outcomes: Names<Outcome> = { passed: true, failed: true, skipped: true, "not-run": true, error: true };
const reasonCodes: Names<ReasonCode> = {
  "not-selected": true,
  "not-applicable": true,
  "not-observable": true,
  "sessions-used-up": true,
  unreachable: true,
  "baseline-not-acknowledged": true,
  "credentials-or-session-unknown": true,
  "rate-limited": true,
  "receiver-unhealthy": true,
  "effects-not-settled": true,
  "probe-failed": true,
  "advance-failed": true,
  "machine-exhausted": true,
  "time-budget-spent": true,
  interrupted: true,
  "harness-error": true,
};
const verdicts: Names<Verdict> = { conformant: true, "non-conformant": true, inconclusive: true };
const levels: Names<ReportLevel> = { required: true, recommended: true, hardening: true };
const statuses: Names<ClauseStatus> = { verified: true, violated: true, "not-verified": true };
const gateOutcomes: Names<Report["gate"]["outcome"]> = { passed: true, failed: true, inconclusive: true };
const bodyEnds: Names<ReportResponse["bodyEnd"]> = { complete: true, "over-cap": true, late: true, broken: true };
const kinds: Names<Report["target"]["kind"]> = { embedded: true, url: true };

test.each([
  ["outcome", definition("outcome"), outcomes],
  ["reason code", definition("reasonCode"), reasonCodes],
  ["verdict", definition("verdict"), verdicts],
  ["level", definition("level"), levels],
  ["clause status", property(definition("clause"), "status"), statuses],
  ["gate outcome", property(property(schema, "gate"), "outcome"), gateOutcomes],
  ["body end", property(definition("response"), "bodyEnd"), bodyEnds],
  ["target kind", property(property(schema, "target"), "kind"), kinds],
])("schema and model list the same values: %s", (_, node, names) => {
  expect(node.enum?.toSorted()).toEqual(sorted(names));
});

const shapes: Record<string, [Node, string[], string[]?]> = {
  report: [
    schema,
    sorted({
      schemaVersion: true,
      harness: true,
      contract: true,
      contracts: true,
      target: true,
      startedAt: true,
      durationMs: true,
      about: true,
      command: true,
      repeats: true,
      seed: true,
      nonce: true,
      verdict: true,
      verdictLine: true,
      notes: true,
      gate: true,
      summary: true,
      clauses: true,
      causes: true,
      checks: true,
    } satisfies Names<keyof Report>),
    ["about", "causes", "command", "contract", "contracts", "repeats"],
  ],
  cause: [
    definition("cause"),
    sorted({ id: true, says: true, fix: true, checks: true, contract: true } satisfies Names<keyof ReportCause>),
    ["contract"],
  ],
  "likely cause": [
    definition("likelyCause"),
    sorted({ id: true, says: true, fix: true } satisfies Names<keyof LikelyCause>),
  ],
  check: [
    definition("check"),
    sorted({
      id: true,
      contract: true,
      suite: true,
      title: true,
      level: true,
      since: true,
      isNew: true,
      clause: true,
      source: true,
      outcome: true,
      reason: true,
      reasonCode: true,
      mismatches: true,
      hint: true,
      likelyCause: true,
      reproduce: true,
      notes: true,
      knownFailure: true,
      latencies: true,
      durationMs: true,
      attempts: true,
    } satisfies Names<keyof ReportCheck>),
    ["contract", "isNew", "knownFailure", "latencies", "likelyCause", "since"],
  ],
  attempt: [
    definition("attempt"),
    sorted({
      number: true,
      sessionId: true,
      label: true,
      request: true,
      response: true,
      error: true,
      startedAt: true,
      virtualOffsetMs: true,
      durationMs: true,
    } satisfies Names<keyof ReportAttempt>),
  ],
  request: [
    property(definition("attempt"), "request"),
    sorted({ method: true, url: true, headers: true, body: true } satisfies Names<keyof ReportRequest>),
  ],
  response: [
    definition("response"),
    sorted({ status: true, statusText: true, headers: true, body: true, bodyEnd: true } satisfies Names<
      keyof ReportResponse
    >),
  ],
  mismatch: [
    definition("mismatch"),
    sorted({ expected: true, actual: true, where: true, attempt: true } satisfies Names<keyof Mismatch>),
    ["attempt"],
  ],
  clause: [
    definition("clause"),
    sorted({
      id: true,
      contract: true,
      section: true,
      statement: true,
      status: true,
      checks: true,
      note: true,
    } satisfies Names<keyof ReportClause>),
    ["contract", "note"],
  ],
  "level summary": [
    definition("levelSummary"),
    sorted({ passed: true, failed: true, skipped: true, notRun: true, error: true } satisfies Names<
      keyof LevelSummary
    >),
  ],
};

test.each(Object.entries(shapes))(
  "schema and model have the same properties: %s",
  (_, [node, names, optional = []]) => {
    expect(Object.keys(node.properties ?? {}).sort()).toEqual(names);
    expect(node.required?.toSorted()).toEqual(names.filter((name) => !optional.includes(name)));
  },
);

test("the schema is of the version that the model names", () => {
  expect(property(schema, "schemaVersion").const).toBe(schemaVersion);
});

/** Every node of the schema that describes an object. */
function objectsIn(node: unknown): Node[] {
  if (typeof node !== "object" || node === null) return [];
  const members = Object.values(node).flatMap(objectsIn);
  return "type" in node && node.type === "object" ? [node as Node, ...members] : members;
}

test("every object of the schema is closed", () => {
  expect(objectsIn(schema).filter(({ additionalProperties }) => additionalProperties !== false)).toEqual([]);
});

test("every property of the schema is described, by itself or by what it refers to", () => {
  const members = objectsIn(schema).flatMap(({ properties = {} }) => Object.entries(properties));
  const bare = members.filter(([, member]) => member.description === undefined && !("$ref" in member));
  expect(bare.map(([name]) => name)).toEqual([]);
});

test("the sample, which shows every outcome and reason, is valid as rendered", () => {
  const report = sampleReport();
  expect([...new Set(report.checks.map(({ outcome }) => outcome))].sort()).toEqual(sorted(outcomes));
  const codes = report.checks.map(({ reasonCode }) => reasonCode).filter((code) => code !== null);
  expect(codes.toSorted()).toEqual(sorted(reasonCodes));
  validate(JSON.parse(renderJson(report)));
  expect(validate.errors).toBeNull();
});

test.each<[string, (report: Record<string, unknown>) => unknown]>([
  ["a property it does not name", (report) => ({ ...report, extra: 1 })],
  ["a verdict it does not know", (report) => ({ ...report, verdict: "fine" })],
  ["a missing seed", (report) => Object.fromEntries(Object.entries(report).filter(([key]) => key !== "seed"))],
  ["a time without a zone", (report) => ({ ...report, startedAt: "2026-01-02T03:04:05" })],
  [
    "an exit code of another program",
    (report) => ({ ...report, gate: { ...(report["gate"] as object), exitCode: 4 } }),
  ],
])("the schema refuses %s", (_, change) => {
  expect(validate(change(JSON.parse(renderJson(sampleReport())) as Record<string, unknown>))).toBe(false);
});
