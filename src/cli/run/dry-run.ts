import { counted } from "../../in-words.js";
import { jsonText } from "../../report/json-text.js";
import { bytesToText } from "../../report/evidence.js";
import { openTarget } from "../../runner/open-target.js";
import type { Check } from "../../runner/check.js";
import type { Plan } from "../../runner/plan.js";
import { preSkip } from "../../runner/pre-skip.js";
import type { RunPlan } from "./run-plan.js";

interface PlannedSuite {
  readonly id: string;
  readonly checks: number;
  readonly requests: number;
  /** How many each of its checks sends. */
  readonly requestsByCheck: Readonly<Record<string, number>>;
}

/** What a run would send. */
interface DryRun {
  readonly target: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
  /** How it would be seen what the receiver does, a sentence each. */
  readonly observes: readonly string[];
  readonly suites: readonly PlannedSuite[];
  readonly checks: number;
  /** Roughly: what is confirmed, or retried by the schedule, comes on top. */
  readonly requests: number;
  /** What comes on top as well, a sentence each. */
  readonly onTop: readonly string[];
  /** Session ids that were supplied, if they were. */
  readonly sessionIds?: number;
}

export function describeDryRun(run: RunPlan): string {
  const dry = dryRunOf(run);
  if (run.options.json) return jsonText(dry);
  return textOf(dry, run.plan.template === null ? "documented" : "captured");
}

/** Several of them, as they were described. */
export const joinDryRuns = (
  runs: readonly { readonly name: string; readonly dryRun: string }[],
  { json }: { readonly json: boolean },
): string =>
  json
    ? `[${runs.map(({ dryRun }) => dryRun).join(",")}]`
    : runs.map(({ name, dryRun }) => `${name}: ${dryRun}`).join("\n\n");

function dryRunOf({ plan, resultsApi }: RunPlan): DryRun {
  const { redactor, shownUrl, sessions, selected, suites, named, kind } = plan;
  const request = openTarget(plan).sender.callback(sessions.take("dry-run", 1)?.() ?? "");
  const planned = suites.flatMap((suite) => {
    const own = suite.checks.filter(
      (check) => selected.has(check.id) && preSkip(check, suite, plan, named.has(check.id)) === null,
    );
    const requestsByCheck = Object.fromEntries(own.map((check) => [check.id, requestsOf(check, plan)]));
    const requests = Object.values(requestsByCheck).reduce((sum, count) => sum + count, 0);
    return own.length === 0 ? [] : [{ id: suite.id, checks: own.length, requests, requestsByCheck }];
  });
  const sum = (of: "checks" | "requests"): number => planned.reduce((total, suite) => total + suite[of], 0);
  return {
    target: kind === "embedded" ? "the embedded reference receiver" : shownUrl,
    request: {
      method: request.method,
      url: shownUrl,
      headers: redactor.redactHeaders(request.headers),
      body: redactor.redactText(bytesToText(request.body)),
    },
    observes: observed(plan, resultsApi),
    suites: planned,
    checks: sum("checks"),
    // The first callback belongs to no check.
    requests: sum("requests") + 1,
    onTop: planned.some(({ id }) => id === "fuzz") ? ["what shrinks a fuzz case that fails"] : [],
    ...(!sessions.invents && { sessionIds: sessions.left() + 1 }),
  };
}

function observed({ effects, settleMs }: Plan, resultsApi: RunPlan["resultsApi"]): readonly string[] {
  const listens = `${resultsApi?.host}:${resultsApi?.port}`;
  return [
    ...(effects === null ? [] : [`effects by ${effects.name}, waited for at most ${settleMs / 1000} s`]),
    ...(resultsApi === null
      ? []
      : [`fetches by a results API on ${listens}, where the receiver gets results from ${resultsApi.url ?? listens}`]),
  ];
}

const requestsOf = ({ requests, sessions }: Check, plan: Plan): number =>
  typeof requests === "function" ? requests(plan) : (requests ?? sessions);

function textOf(dry: DryRun, kind: "documented" | "captured"): string {
  const { target, request, observes, suites: planned, checks, requests, onTop, sessionIds } = dry;
  const width = Math.max(...planned.map(({ id }) => id.length));
  return [
    `dry run against ${target}: nothing is sent`,
    "",
    `the ${kind} request:`,
    `  ${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `  ${name}: ${value}`),
    "",
    `  ${request.body}`,
    "",
    ...(observes.length === 0 ? [] : ["what would be seen:", ...observes.map((text) => `  ${text}`), ""]),
    "what would be sent, roughly:",
    ...planned.flatMap((suite) => [
      `  ${suite.id.padEnd(width)}  ${counted(suite.checks, "check")}, ${counted(suite.requests, "callback")}`,
      ...Object.entries(suite.requestsByCheck).map(([id, count]) => `  ${String(count).padStart(6)}  ${id}`),
    ]),
    `  ${"in all".padEnd(width)}  ${counted(checks, "check")}, ${counted(requests, "callback")} with the first one`,
    ...onTop.map((text) => `  and by ${text}`),
    ...(sessionIds === undefined ? [] : [`  ${"supplied".padEnd(width)}  ${sessionIds} session ids`]),
  ].join("\n");
}
