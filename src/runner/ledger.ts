import type { Contract } from "../contract/contract.js";
import { timesInWords } from "../contract/figures.js";
import type { LikelyCause } from "../report/model.js";
import type { Attempt } from "../sender/attempt.js";
import type { OnTheWay } from "../sender/on-the-way.js";
import type { Check } from "./check.js";
import type { CheckRecord } from "./check-record.js";
import type { Seen } from "./effects-probe.js";
import { isAcknowledged } from "./expectations.js";
import { plainOf, type Misdeed } from "./misdeed.js";
import { lookOnceMore, settle, type Watch } from "./settle.js";
import { stoppedWork, type Looked } from "./stopped-work.js";

/**
 * One attempt that was made for a session.
 * @internal
 */
export interface Entry {
  readonly attempt: Attempt;
  /** What was special about it, for the evidence. */
  readonly label: string;
  readonly onTheWay: OnTheWay;
  /** It is the documented callback, or one that a good receiver takes like it: acknowledged, it must be processed. */
  readonly entitles: boolean;
}

/** A session that was acknowledged, and was lost or processed more than once. */
export interface Misdone {
  readonly misdeed: Misdeed;
  /** Of the run that it belongs to. */
  readonly check: Check;
  readonly entry: Entry;
  readonly sessionId: string;
  readonly actual: string;
}

interface Account {
  readonly check: Check;
  readonly record: CheckRecord;
  readonly entries: Entry[];
  /** Its effect cannot be foreseen: the check has seen to it that it may fail, or look odd. */
  isOpen: boolean;
  isSettled: boolean;
  /** Null where that was not seen yet. */
  isProcessed: boolean | null;
}

/** Whatever was sent for each session of a run, and what came of it in the end. */
export interface Ledger {
  /** Begins the entries of one run of a check. */
  open(check: Check, record: CheckRecord): Page;
  /**
   * Looks at the effects of all sessions that were entitled to one since the last look. What a check answers for itself
   * is put into its record; the rest is kept for the checks that collect it.
   * @throws ProbeError, NotRun
   */
  settle(watch: Watch): Promise<void>;
  /** Sessions whose documented callback met a 429 or 5XX of the receiver's own, and was not acknowledged since. */
  unacknowledged(): readonly string[];
  /** Sessions of a suite's checks that were acknowledged, those that were sent first before the others. */
  acknowledged(suite: string): readonly string[];
  /** Every misdone session that no check has answered for itself; those that were only late are left out. */
  misdone(watch: Watch): Promise<readonly Misdone[]>;
  /** Why sessions are lost, where all of them are since some moment; null where that is not so. */
  readonly whyLost: LikelyCause | null;
}

/** Where the attempts of one run of a check are entered. */
export interface Page {
  enter(sessionId: string, entry: Entry): void;
  /** Nothing is expected of this session any more. */
  leaveOpen(sessionId: string): void;
}

/** Where so many of the sessions that met nothing special are misdone, what is special about others is not to blame. */
const commonShare = 0.05;

/** @param effect how often a session that was acknowledged has to be processed. */
export function createLedger(effect: Contract["effect"]): Ledger {
  const accounts = new Map<string, Account>();
  const kept: (Misdone & { readonly account: Account })[] = [];
  let settledOnce: string | null = null;
  let whyLost: LikelyCause | null = null;
  /** All effects that the probe has named; one that a session does not show is missing there. */
  const names = new Set<string>();
  /** Of the sessions that met nothing special: one documented callback. */
  const plain = { looked: 0, lost: 0, doubled: 0 };
  const isCommon = (misdeed: Misdeed): boolean => plain[plainOf(misdeed)] > commonShare * plain.looked;

  const due = (): [string, Account][] =>
    [...accounts].filter(([, account]) => !account.isSettled && !account.isOpen && entitled(account) !== null);

  /** Sessions whose effect can be foreseen. Their answers come in an order that differs from run to run. */
  const inOrderSent = (isMeant: (account: Account) => boolean): readonly string[] =>
    [...accounts]
      .filter(([, account]) => !account.isOpen && isMeant(account))
      .sort(([, one], [, other]) => firstSentAt(one) - firstSentAt(other))
      .map(([sessionId]) => sessionId);

  return {
    open(check, record) {
      const accountOf = (sessionId: string): Account => {
        // One that comes again, in another check, is that check's to answer for.
        const before = accounts.get(sessionId);
        if (before?.record === record) return before;
        const entries = before?.entries ?? [];
        const account: Account = {
          check,
          record,
          entries,
          isOpen: before?.isOpen ?? false,
          isSettled: false,
          isProcessed: null,
        };
        accounts.set(sessionId, account);
        return account;
      };
      return {
        enter: (sessionId, entry) => void accountOf(sessionId).entries.push(entry),
        leaveOpen: (sessionId) => void (accountOf(sessionId).isOpen = true),
      };
    },

    async settle(watch) {
      const looked = due();
      if (looked.length === 0) return;
      const ids = looked.map(([id]) => id);
      const known = settledOnce;
      const lastSentAt = Math.max(...looked.flatMap(([, { entries }]) => entries.map(endOf)));
      const { seen } = await settle(watch, known === null ? ids : [...ids, known], ids, lastSentAt);
      for (const [, account] of looked) account.isSettled = true;
      // What was seen before is no longer there: the probe has lost its memory, and says nothing of these.
      if (known !== null && seen.get(known)?.processed === 0) return;
      for (const { named = {} } of seen.values()) for (const name of Object.keys(named)) names.add(name);
      const misdone: (Misdone & { readonly account: Account })[] = [];
      for (const [sessionId, account] of looked) {
        const one = misdoneIn(effect, sessionId, account, seen.get(sessionId), names);
        account.isProcessed = (seen.get(sessionId)?.processed ?? 0) > 0;
        if (isPlain(account)) plain.looked += 1;
        if (one === null) {
          settledOnce ??= sessionId;
          continue;
        }
        if (isPlain(account)) plain[plainOf(one.misdeed)] += 1;
        if (one.misdeed !== "doubled-after-refusal") misdone.push({ ...one, account });
      }
      whyLost = watch.state.hasStopped ? stoppedWork([...accounts.values()].flatMap(lookedIn)) : null;
      for (const one of misdone) {
        const { check, record } = one.account;
        const cause = plainOf(one.misdeed) === "lost" ? whyLost : null;
        if (check.judgesEffects === true && (isAnyones(check) || !isCommon(one.misdeed))) {
          record.findings.push({
            expected: expectedEffect(effect),
            actual: one.actual,
            where: one.entry.attempt,
            fix: null,
            ...(cause !== null && { cause }),
          });
        } else kept.push(isCommon(one.misdeed) ? { ...one, misdeed: plainOf(one.misdeed) } : one);
      }
    },

    unacknowledged: () =>
      inOrderSent(
        (account) =>
          entitled(account) === null && account.entries.some((entry) => entry.entitles && isOwnAnswer(entry)),
      ),

    acknowledged: (suite) => inOrderSent((account) => suiteOf(account.check) === suite && entitled(account) !== null),

    get whyLost() {
      return whyLost;
    },

    async misdone(watch) {
      const lost = kept.filter(({ misdeed }) => misdeed.startsWith("lost"));
      const again = await lookOnceMore(
        watch,
        lost.map(({ sessionId }) => sessionId),
      );
      return kept.filter(
        ({ sessionId, account }) =>
          !again.has(sessionId) || misdoneIn(effect, sessionId, account, again.get(sessionId), names) !== null,
      );
    },
  };
}

export const suiteOf = ({ id }: Check): string => id.slice(0, id.indexOf("/"));

const lookedIn = (account: Account): readonly Looked[] => {
  const { check, entries, isProcessed } = account;
  if (isProcessed === null) return [];
  const sent = entries.map(({ label }) => ({ check: check.id, label }));
  return [{ sent, isProcessed, startedAt: firstSentAt(account), endedAt: Math.max(...entries.map(endOf)) }];
};

/** It answers for whatever is misdone without a cause of its own. */
const isAnyones = ({ collects }: Check): boolean => collects?.misdeeds.includes("lost") === true;

const isPlain = ({ entries }: Account): boolean => entries.length === 1 && entries[0]?.label === "";

/** The last attempt that entitles the session to its effect. */
const entitled = ({ entries }: Account): Entry | null =>
  entries.findLast(({ attempt, entitles }) => entitles && isAcknowledged(attempt)) ?? null;

function misdoneIn(
  effect: Contract["effect"],
  sessionId: string,
  account: Account,
  seen: Seen | undefined,
  names: ReadonlySet<string>,
): Misdone | null {
  const entry = entitled(account);
  if (entry === null || seen === undefined) return null;
  const { check, entries } = account;
  const { processed, named = {} } = seen;
  // Where work may be done again, an effect too many is no fault.
  const isAmiss = (times: number): boolean => (effect === "once" ? times !== 1 : times === 0);
  const amiss = [...names].map((name) => [name, named[name] ?? 0] as const).filter(([, times]) => isAmiss(times));
  if (!isAmiss(processed) && amiss.length === 0) return null;
  const isLost = processed === 0 || (!isAmiss(processed) && amiss.every(([, times]) => times === 0));
  const actual =
    amiss.length === 0 || processed === 0
      ? `${processedText(processed)}${!isLost && entries.length === 1 ? sentOnce : ""}`
      : amiss.map(([name, times]) => `${name} ${timesInWords(times)}`).join(", ");
  return { misdeed: isLost ? lostBy(entries) : doubledBy(entries), check, entry, sessionId, actual };
}

/** What an acknowledged callback has to lead to, in words. */
export const expectedEffect = (effect: Contract["effect"]): string =>
  `processed ${effect === "once" ? "once" : "at least once"}`;

/** Then it is none of its own retries that it was taken for. */
const sentOnce = ", though sent once";

const processedText = (times: number): string => `processed ${timesInWords(times)}`;

/** A 429 or 5XX that the receiver has answered, or a proxy before it. */
const isOwnAnswer = ({ attempt: { response }, onTheWay }: Entry): boolean =>
  onTheWay === "pass" && response !== null && (response.status === 429 || response.status >= 500);

/** It failed over an attempt that nothing befell on its way, with an answer or without one. */
const isOwnFailure = (entry: Entry): boolean => isOwnAnswer(entry) || entry.attempt.response === null;

/** What is no failure of its own is a refusal, or at most a redirect. */
const isRefusal = ({ attempt: { response } }: Entry): boolean => response !== null && response.status >= 400;

const lostItsAnswer = ({ onTheWay }: Entry): boolean => onTheWay === "lost-ack" || onTheWay === "hang-up";

function lostBy(entries: readonly Entry[]): Misdeed {
  const first = entries.findIndex(({ attempt, entitles }) => entitles && isAcknowledged(attempt));
  const before = entries.slice(0, first);
  if (before.some(({ onTheWay }) => onTheWay === "cut")) return "lost-after-cut";
  if (before.some(lostItsAnswer)) return "lost-after-lost-answer";
  if (before.some(isOwnFailure)) return "lost-after-failure";
  if (before.some((entry) => !entry.entitles || isRefusal(entry))) return "lost-after-refusal";
  return "lost";
}

function doubledBy(entries: readonly Entry[]): Misdeed {
  if (entries.some(({ onTheWay }) => onTheWay === "cut")) return "doubled-after-cut";
  if (entries.some(({ entitles }) => !entitles)) return "doubled-after-refusal";
  if (entries.some(lostItsAnswer)) return "doubled-after-lost-answer";
  if (entries.some((entry, index) => entries.slice(index + 1).some((other) => overlap(entry, other)))) {
    return "doubled-at-once";
  }
  if (entries.some(isOwnFailure)) return "doubled-after-failure";
  return entries.length > 1 ? "doubled-by-retry" : "doubled";
}

const firstSentAt = ({ entries }: Account): number => Math.min(...entries.map(({ attempt }) => attempt.startedAt));
const endOf = ({ attempt: { startedAt, timings } }: Entry): number => startedAt + timings.endMs;
const overlap = (one: Entry, other: Entry): boolean =>
  one.attempt.startedAt < endOf(other) && other.attempt.startedAt < endOf(one);
