import { suites } from "../../suites/index.js";
import { bytesToText } from "../report/evidence.js";
import type { Redactor } from "../report/redact.js";
import type { OpenTarget } from "../runner/open-target.js";
import type { RunSettings } from "./run-settings.js";

/** What a run would send. */
export interface DryRun {
  readonly target: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
  readonly suites: readonly { readonly id: string; readonly checks: number; readonly requests: number }[];
  readonly checks: number;
  /** Roughly: what is confirmed, or retried by the schedule, comes on top. */
  readonly requests: number;
  /** Session ids that were supplied, if they were. */
  readonly sessionIds?: number;
}

export function describeDryRun(settings: RunSettings, target: OpenTarget, redactor: Redactor): string {
  const plan = planOf(settings, target, redactor);
  return settings.options.json ? JSON.stringify(plan, null, 2) : textOf(plan);
}

function planOf({ url, selected }: RunSettings, target: OpenTarget, redactor: Redactor): DryRun {
  const request = target.sender.callback(target.sessions.take("dry-run", 1)?.() ?? "");
  const display = redactor.redactUrl(target.url.display);
  const planned = suites.flatMap(({ id, checks }) => {
    const own = checks.filter((check) => selected.has(check.id));
    const requests = own.reduce((sum, { sessions }) => sum + sessions, 0);
    return own.length === 0 ? [] : [{ id, checks: own.length, requests }];
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
    suites: planned,
    checks: sum("checks"),
    // The first callback belongs to no check.
    requests: sum("requests") + 1,
    ...(!target.sessions.invents && { sessionIds: target.sessions.left() + 1 }),
  };
}

function textOf({ target, request, suites: planned, checks, requests, sessionIds }: DryRun): string {
  const width = Math.max(...planned.map(({ id }) => id.length));
  return [
    `dry run against ${target}: nothing is sent`,
    "",
    "the documented request:",
    `  ${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `  ${name}: ${value}`),
    "",
    `  ${request.body}`,
    "",
    "what would be sent, roughly:",
    ...planned.map((suite) => `  ${suite.id.padEnd(width)}  ${suite.checks} checks, ${suite.requests} callbacks`),
    `  ${"in all".padEnd(width)}  ${checks} checks, ${requests} callbacks with the first one`,
    ...(sessionIds === undefined ? [] : [`  ${"supplied".padEnd(width)}  ${sessionIds} session ids`]),
  ].join("\n");
}
