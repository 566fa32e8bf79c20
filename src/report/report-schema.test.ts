import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import written from "../../reports/report.schema.json" with { type: "json" };
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

const schema = written as Node & { readonly $defs: Record<string, Node> };
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

type Defined = (typeof written)["$defs"];
type OptionalIn<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];
type Same<A, B> = [A, B] extends [B, A] ? true : never;

/** The compiler refuses a model whose properties are not those of the schema, and a list of others than are optional. */
const shape = <Model, Properties>(
  node: Node,
  optional: Names<OptionalIn<Model>>,
  _same: Same<keyof Model, keyof Properties>,
): readonly [Node, object] => [node, optional];

test.each([
  [
    "report",
    shape<Report, typeof written.properties>(
      schema,
      { about: true, causes: true, command: true, contract: true, contracts: true, repeats: true },
      true,
    ),
  ],
  ["cause", shape<ReportCause, Defined["cause"]["properties"]>(definition("cause"), { contract: true }, true)],
  ["likely cause", shape<LikelyCause, Defined["likelyCause"]["properties"]>(definition("likelyCause"), {}, true)],
  [
    "check",
    shape<ReportCheck, Defined["check"]["properties"]>(
      definition("check"),
      { contract: true, isNew: true, knownFailure: true, latencies: true, likelyCause: true, since: true },
      true,
    ),
  ],
  ["attempt", shape<ReportAttempt, Defined["attempt"]["properties"]>(definition("attempt"), {}, true)],
  [
    "request",
    shape<ReportRequest, Defined["attempt"]["properties"]["request"]["properties"]>(
      property(definition("attempt"), "request"),
      {},
      true,
    ),
  ],
  ["response", shape<ReportResponse, Defined["response"]["properties"]>(definition("response"), {}, true)],
  ["mismatch", shape<Mismatch, Defined["mismatch"]["properties"]>(definition("mismatch"), { attempt: true }, true)],
  [
    "clause",
    shape<ReportClause, Defined["clause"]["properties"]>(definition("clause"), { contract: true, note: true }, true),
  ],
  ["level summary", shape<LevelSummary, Defined["levelSummary"]["properties"]>(definition("levelSummary"), {}, true)],
] as const)("schema and model have the same properties: %s", (_, [node, optional]) => {
  const names = Object.keys(node.properties ?? {});
  expect(node.required?.toSorted()).toEqual(names.filter((name) => !(name in optional)).sort());
});

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
