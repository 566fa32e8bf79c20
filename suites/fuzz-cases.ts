import { timesInWords } from "../src/contract/figures.js";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import { isAcknowledged, isTimeout, whatCame } from "../src/runner/expectations.js";
import type { Attempt } from "../src/sender/attempt.js";
import type { Drawing, Draws } from "./fuzz-draws.js";
import { bodyDraws, headerDraws } from "./fuzz-input.js";

/** Milliseconds for the cases of one check: those of a slow receiver would take all the time that a run has. */
const mostMs = 30_000;

/** A 5XX, a hang, or a connection that ends without an answer. */
const failed = (attempt: Attempt): boolean => attempt.response === null || attempt.response.status >= 500;

/** No connection at all, which is not the doing of what would have been sent on it. */
const isUnreachable = ({ outcome }: Attempt): boolean =>
  outcome.kind === "failed" && (outcome.phase === "connect" || outcome.phase === "dns");

interface Found {
  readonly index: number;
  readonly attempt: Attempt;
  /** The receiver is gone, so that this case could not be told apart from those under way with it, up to this index. */
  readonly orUpTo?: number;
}

/**
 * Sends cases side by side and resolves to the first that fails, alone too: one that fails only beside others is told
 * of the receiver by the load suite, and is a reason to send the rest one by one. A hang is not asked for twice.
 * @returns with how many cases were sent; fewer than there are when there was no time for more.
 */
async function firstFailing(
  context: CheckContext,
  cases: readonly Variation[],
  send: (drawn: Variation) => Promise<Attempt>,
  isOver: () => boolean,
): Promise<{ readonly sent: number; readonly found: Found | null }> {
  let isAlone = false;
  let sent = 0;
  while (sent < cases.length && !isOver()) {
    const first = sent;
    const batch = cases.slice(first, first + (isAlone ? 1 : context.sideBySide));
    const attempts = await Promise.all(batch.map(send));
    sent += batch.length;
    for (const [offset, attempt] of attempts.entries()) {
      const drawn = batch[offset];
      if (drawn === undefined || !failed(attempt)) continue;
      const index = first + offset;
      if (batch.length === 1 || isTimeout(attempt)) return { sent, found: { index, attempt } };
      const alone = await send(drawn);
      if (isUnreachable(alone)) return { sent, found: { index, attempt, orUpTo: sent - 1 } };
      if (failed(alone)) return { sent, found: { index, attempt: alone } };
      isAlone = true;
    }
  }
  return { sent, found: null };
}

/** Cases of each kind of draws in turn. */
interface Kind {
  readonly of: Draws;
  readonly drawing: Drawing;
}

/**
 * Sends drawn cases until one fails, shrinks it, and reports the smallest that still fails. A hang is reported as it
 * came: each step of shrinking it would cost a whole deadline. So is what took the receiver down: all fails after it.
 */
async function fuzz(context: CheckContext, draws: readonly Draws[]): Promise<void> {
  const until = context.now() + mostMs;
  const isOver = (): boolean => context.now() > until;
  const seed = Number.parseInt(context.randomHex(7), 16);
  const count = context.settings.fuzzCases;
  const kinds = draws.map((of, index): Kind => ({
    of,
    drawing: { seed, numRuns: Math.ceil((count - index) / draws.length) },
  }));
  const drawn = kinds.map(({ of, drawing }) => of.cases(drawing));
  const cases = Array.from({ length: count }, (_, index) => drawn[index % draws.length]?.[placeOf(index)] as Variation);
  const send = (variation: Variation): Promise<Attempt> => context.send({ variation, evidence: "none" });

  function placeOf(index: number): number {
    return Math.floor(index / draws.length);
  }

  const { sent, found } = await firstFailing(context, cases, send, isOver);
  if (found === null) {
    const all = sent === count;
    context.note(
      `${sent} cases found nothing${all ? "" : `; for more there was no time in ${mostMs / 1000} seconds`}.`,
    );
    return;
  }
  const { index, attempt, orUpTo } = found;
  const blame = (what: Attempt, note: string): void => {
    context.mismatch("a 2XX or a 4XX, whatever is sent", whatCame(what), what);
    context.note(note);
  };
  if (orUpTo !== undefined) {
    const others = orUpTo === index ? "" : `, or in one up to ${orUpTo + 1} that was under way with it`;
    return blame(attempt, `Found in case ${index + 1}${others}; the receiver was gone after it, so it was not shrunk.`);
  }
  const kind = kinds[index % kinds.length];
  const shrunk =
    kind === undefined || isTimeout(attempt)
      ? { smallest: attempt, times: 0, stopped: false }
      : await shrink(kind, placeOf(index), attempt, send, isOver);
  const isDown = !isTimeout(shrunk.smallest) && !shrunk.stopped && !isAcknowledged(await context.send());
  if (isDown) {
    return blame(
      attempt,
      `Found in case ${index + 1}; the documented callback failed after it too, so it was not shrunk.`,
    );
  }
  const how = shrunk.times === 0 ? "" : ` and shrunk ${timesInWords(shrunk.times)}`;
  blame(shrunk.smallest, `Found in case ${index + 1}${how}; the same seed finds it again.`);
}

/** @returns the smallest case that still fails. */
async function shrink(
  { of, drawing }: Kind,
  position: number,
  failing: Attempt,
  send: (drawn: Variation) => Promise<Attempt>,
  isOver: () => boolean,
): Promise<{ readonly smallest: Attempt; readonly times: number; readonly stopped: boolean }> {
  let smallest = failing;
  let stopped = false;
  const fails = async (smaller: Variation): Promise<boolean> => {
    try {
      const attempt = await send(smaller);
      if (!failed(attempt) || isUnreachable(attempt)) return false;
      smallest = attempt;
      return true;
    } catch {
      // Whatever stops the check would only be taken for a case that fails; what was found before it stands.
      stopped = true;
      return false;
    }
  };
  const times = await of.shrink(drawing, position, fails, () => stopped || isOver() || isTimeout(smallest));
  return { smallest, times, stopped };
}

/** Draws request bodies. */
export const fuzzBodies = (context: CheckContext): Promise<void> => fuzz(context, bodyDraws);

/** Draws request headers. */
export const fuzzHeaders = (context: CheckContext): Promise<void> => fuzz(context, headerDraws);
