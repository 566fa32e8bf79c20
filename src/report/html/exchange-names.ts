import type { ReportAttempt, ReportCheck } from "../model.js";

/**
 * The names by which mismatches speak of a check's exchanges, one for each: `attempt 3` of a delivery on the schedule,
 * else `callback 7`, counted over all that were sent.
 */
export function exchangeNames(check: ReportCheck): readonly string[] {
  const { attempts } = check;
  const scheduled = scheduledSessions(attempts);
  const numbers = numbersInRun(check);
  return attempts.map(({ number, sessionId }, index) =>
    scheduled.has(sessionId) ? `attempt ${number}` : `callback ${numbers[index] ?? index + 1}`,
  );
}

/** Index of the exchange that `attempt 3 at 00:03:00` speaks of; null where there is none. */
export function namedExchange(where: string, names: readonly string[]): number | null {
  const name = /^(?:attempt|callback) \d+/.exec(where)?.[0];
  const index = name === undefined ? -1 : names.indexOf(name);
  return index < 0 ? null : index;
}

/** Sessions that were delivered more than once, at different times of the schedule. */
export function scheduledSessions(attempts: readonly ReportAttempt[]): ReadonlySet<string> {
  const offsets = new Map<string, number>();
  const scheduled = new Set<string>();
  for (const { sessionId, virtualOffsetMs } of attempts) {
    if ((offsets.get(sessionId) ?? virtualOffsetMs) !== virtualOffsetMs) scheduled.add(sessionId);
    offsets.set(sessionId, virtualOffsetMs);
  }
  return scheduled;
}

/**
 * The model holds the first of many exchanges, and after them only those that a mismatch names. How many are the first
 * ones follows from the names: as many as leave room for every later one.
 */
function numbersInRun({ attempts, mismatches }: ReportCheck): readonly number[] {
  const named = new Set(mismatches.flatMap(({ where }) => Number(/^callback (\d+)/.exec(where)?.[1] ?? 0)));
  const ascending = [...named].sort((a, b) => a - b);
  let first = attempts.length;
  let later = ascending.filter((number) => number > first);
  while (first + later.length > attempts.length && first > 0) {
    first--;
    later = ascending.filter((number) => number > first);
  }
  return [...Array.from({ length: first }, (_, index) => index + 1), ...later];
}
