import type { Outcome, ReportAttempt, ReportLevel, Verdict } from "../model.js";

export const levelMeaning: Readonly<Record<ReportLevel, string>> = {
  required: "documented: a conformant receiver does all of it",
  recommended: "documented advice or good practice",
  hardening: "hostile or unlucky input",
};

/** In the order in which a reader needs them. */
export const outcomes: readonly Outcome[] = ["failed", "error", "not-run", "skipped", "passed"];

export const outcomeWord: Readonly<Record<Outcome, string>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  "not-run": "not run",
  error: "error",
};

export const verdictWord: Readonly<Record<Verdict, string>> = {
  conformant: "Conformant",
  "non-conformant": "Non-conformant",
  inconclusive: "Inconclusive",
};

/** `31 ms`, `6.2 s`, `4 min 12 s` */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 60) return `${seconds} s`;
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `2026-01-02 03:04:05 UTC`; a text that is no such time stays as it is. */
export function wallTime(iso: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(iso) ?? [];
  return day === undefined || time === undefined ? iso : `${day} ${time} UTC`;
}

export type AttemptKind = "acknowledged" | "refused" | "unanswered";

/** The three ways an attempt ends, which a picture tells apart by shape. */
export function attemptKind({ response }: ReportAttempt): AttemptKind {
  if (response === null) return "unanswered";
  return response.status >= 200 && response.status < 300 ? "acknowledged" : "refused";
}

/** `503 Service Unavailable`, `timeout`; short: `503`. */
export function attemptOutcome({ response, error }: ReportAttempt, isShort = false): string {
  if (response === null) return error?.reason ?? "no answer";
  return isShort || response.statusText === "" ? String(response.status) : `${response.status} ${response.statusText}`;
}

/** Documented addresses only: whatever else a report names as an address is shown as text. */
export const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

/** A check's address in the page. */
export const anchorTo = (id: string): string => `#${encodeURI(id)}`;
