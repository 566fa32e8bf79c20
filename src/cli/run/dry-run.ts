import { suites } from "../../../suites/index.js";
import { bytesToText } from "../../report/evidence.js";
import type { Redactor } from "../../report/redact.js";
import { preSkip } from "../../runner/pre-skip.js";
import type { RunSettings } from "./run-settings.js";
import type { RunTarget } from "./run-target.js";

/** What a run would send. */
export interface DryRun {
  readonly target: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
  /** How it would be seen what the receiver does, a sentence each. */
  readonly observes: readonly string[];
  readonly suites: readonly { readonly id: string; readonly checks: number; readonly requests: number }[];
  readonly checks: number;
  /** Roughly: what is confirmed, or retried by the schedule, comes on top. */
  readonly requests: number;
  /** What comes on top as well, a sentence each. */
  readonly onTop: readonly string[];
  /** Session ids that were supplied, if they were. */
  readonly sessionIds?: number;
}

export function describeDryRun(settings: RunSettings, opened: RunTarget, redactor: Redactor): string {
  const plan = planOf(settings, opened, redactor);
  if (settings.options.json) return JSON.stringify(plan, null, 2);
  return textOf(plan, settings.callback === null ? "documented" : "captured");
}

function planOf({ url, selected, named }: RunSettings, opened: RunTarget, redactor: Redactor): DryRun {
  const { target } = opened;
  const request = target.sender.callback(target.sessions.take("dry-run", 1)?.() ?? "");
  const display = redactor.redactUrl(target.url.display);
  const planned = suites.flatMap((suite) => {
    const own = suite.checks.filter(
      (check) => selected.has(check.id) && preSkip(check, suite, target, named.has(check.id)) === null,
    );
    const requests = own.reduce((sum, { sessions }) => sum + sessions, 0);
    return own.length === 0 ? [] : [{ id: suite.id, checks: own.length, requests }];
  });
  const sum = (of: "checks" | "requests"): number => planned.reduce((total, suite) => total + suite[of], 0);
  return {
    target: url === null ? "the embedded reference receiver" : display,
    request: {
      method: request.method,
      url: display,
      headers: redactor.redactHeaders(request.headers),
      body: redactor.redactText(bytesToText(request.body)),
    },
    observes: observed(opened),
    suites: planned,
    checks: sum("checks"),
    // The first callback belongs to no check.
    requests: sum("requests") + 1,
    onTop: onTop(
      opened,
      planned.map(({ id }) => id),
    ),
    ...(!target.sessions.invents && { sessionIds: target.sessions.left() + 1 }),
  };
}

function observed({ target, resultsApi }: RunTarget): readonly string[] {
  return [
    ...(target.effects === null
      ? []
      : [`effects by ${target.effects.name}, waited for at most ${target.settleMs / 1000} s`]),
    ...(resultsApi === null
      ? []
      : [`fetches by a results API on ${resultsApi.listens}, where the receiver gets results from ${resultsApi.url}`]),
  ];
}

function onTop({ target: { settings } }: RunTarget, planned: readonly string[]): readonly string[] {
  const { fuzzCases, rate, durationMs } = settings;
  return [
    ...(planned.includes("fuzz") ? [`fuzz: at most ${fuzzCases} cases a check, and what shrinks one that fails`] : []),
    ...(planned.includes("load") && rate !== null
      ? [`load/sustains-a-rate: ${rate} callbacks a second for ${durationMs / 1000} s`]
      : []),
  ];
}

function textOf(plan: DryRun, kind: "documented" | "captured"): string {
  const { target, request, observes, suites: planned, checks, requests, onTop, sessionIds } = plan;
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
    ...planned.map((suite) => `  ${suite.id.padEnd(width)}  ${suite.checks} checks, ${suite.requests} callbacks`),
    `  ${"in all".padEnd(width)}  ${checks} checks, ${requests} callbacks with the first one`,
    ...onTop.map((text) => `  and by ${text}`),
    ...(sessionIds === undefined ? [] : [`  ${"supplied".padEnd(width)}  ${sessionIds} session ids`]),
  ].join("\n");
}
