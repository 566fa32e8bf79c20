import type { LikelyCause } from "../report/model.js";
import { type CheckEnd, emptyRecord } from "./check-record.js";
import type { Check } from "./check.js";
import { ProbeError } from "./effects-probe.js";
import { NotRun } from "./interruption.js";
import { suiteOf, type Misdone } from "./ledger.js";
import { plainOf, type Misdeed } from "./misdeed.js";

/** A check, and how it ended so far. */
export type Ended = readonly [check: Check, end: CheckEnd];

/** Findings that are shown one by one; how many there are in all is said before. */
const mostShown = 5;

/** Why effects could not be looked at; null where they were. What else is thrown is a fault of the harness. */
export async function troubleIn(looks: () => Promise<void>, stop: AbortSignal): Promise<NotRun | ProbeError | null> {
  try {
    stop.throwIfAborted();
    await looks();
    return null;
  } catch (error) {
    if (stop.aborted) return stop.reason as NotRun;
    if (error instanceof NotRun || error instanceof ProbeError) return error;
    throw error;
  }
}

/** How a check that answers for its effects ends, once they were looked at. */
export function judged(check: Check, end: CheckEnd, trouble: NotRun | ProbeError | null): CheckEnd {
  const { record } = end;
  if (record === null || end.outcome === "error" || end.outcome === "not-run") return end;
  if (record.findings.length > 0) return { ...end, outcome: "failed", reasonCode: null, reason: null };
  if (trouble === null) return end;
  const { message } = trouble;
  if (check.needs?.includes("effects") !== true) {
    return { ...end, record: { ...record, notes: [...record.notes, `What it led to could not be seen: ${message}.`] } };
  }
  return trouble instanceof ProbeError
    ? { ...end, outcome: "error", reasonCode: "probe-failed", reason: message }
    : { ...end, outcome: "not-run", reasonCode: trouble.code, reason: message };
}

/**
 * Gives each misdone session to the check that answers for it: one of its own suite before one of another. Who plays the
 * special case itself answers for it only where it failed: else the case was not the cause.
 */
export function collectedBy(
  collectors: readonly Ended[],
  misdone: readonly Misdone[],
): { readonly byCollector: ReadonlyMap<Check, readonly Misdone[]>; readonly others: number } {
  const byCollector = new Map<Check, Misdone[]>();
  let others = 0;
  const answering = (misdeed: Misdeed, { check: sent }: Misdone): readonly Check[] =>
    collectors
      .filter(([check, end]) => check.sessions === 0 || misdeed === plainOf(misdeed) || end.outcome === "failed")
      .map(([check]) => check)
      .filter(({ collects }) => collects?.misdeeds.includes(misdeed) === true)
      .filter((check) => check.collects?.from === "any-suite" || suiteOf(check) === suiteOf(sent));
  for (const one of misdone) {
    const candidates = [...answering(one.misdeed, one), ...answering(plainOf(one.misdeed), one)];
    const collector = candidates.find((check) => suiteOf(check) === suiteOf(one.check)) ?? candidates[0];
    if (collector === undefined) others += 1;
    else byCollector.set(collector, [...(byCollector.get(collector) ?? []), one]);
  }
  return { byCollector, others };
}

/**
 * The end of a check that collects, with what other checks have lost or doubled.
 * @param whyLost what is behind all that was lost; null where that is not known.
 */
export function withCollected(
  end: CheckEnd,
  misdone: readonly Misdone[],
  expected: string,
  whyLost: LikelyCause | null = null,
): CheckEnd {
  if (misdone.length === 0) return end;
  const record = end.record ?? emptyRecord();
  const shown = misdone.slice(0, mostShown);
  const counted = new Map<string, number>();
  for (const { actual } of misdone) counted.set(actual, (counted.get(actual) ?? 0) + 1);
  const summary = [...counted].map(([actual, sessions]) => `${sessions} ${actual}`).join(", ");
  return {
    ...end,
    outcome: "failed",
    reasonCode: null,
    reason: null,
    record: {
      ...record,
      evidence: [
        ...record.evidence,
        ...shown.map(({ check, entry: { attempt, label } }) => ({
          attempt,
          label: label === "" ? `in ${check.id}` : `${label}, in ${check.id}`,
          scheduled: false,
          fitsCurl: false,
          variation: null,
        })),
      ],
      findings: [
        ...record.findings,
        ...(misdone.length > mostShown
          ? [
              {
                expected: `each acknowledged session ${expected}`,
                actual: summary,
                where: "over the whole run",
                fix: null,
              },
            ]
          : []),
        ...shown.map(({ actual, entry, misdeed }) => ({
          expected,
          actual,
          where: entry.attempt,
          fix: null,
          ...(whyLost !== null && plainOf(misdeed) === "lost" && { cause: whyLost }),
        })),
      ],
    },
  };
}

/** For sessions that no check of the run answers for. */
export const unansweredText = (sessions: number): string =>
  `${sessions} acknowledged ${sessions === 1 ? "session was" : "sessions were"} not processed once, and no check that answers for that was selected: add retries/processes-*.`;
