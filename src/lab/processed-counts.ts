import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import { ProbeError } from "../runner/effects-probe.js";
import type { Control } from "./control.js";
import type { LabReceiver, ReceiverKind } from "./lab-receiver.js";
import type { Scenario } from "./scenario.js";

export interface ProcessedCounterOptions {
  readonly scenario: Scenario;
  readonly receiver: LabReceiver;
  readonly sessionIds: readonly string[];
  /** The scenario's. */
  readonly clock: Clock;
  /** Where the receiver lives on wall time, the clock of that. */
  readonly deadlineClock: Clock;
  readonly settleMs: number;
  readonly signal?: AbortSignal;
  readonly control: Control;
  /** Told of what is waited for longer than a second of wall time. */
  readonly waits?: (what: string) => void;
  /** Keeps the scenario's clock from moving meanwhile. */
  readonly held: (work: () => Promise<void>) => Promise<void>;
}

export interface SeenCounts {
  /** By session; null where they could not be seen, and then `unseen` says why. */
  readonly counts: readonly number[] | null;
  readonly unseen: string | null;
  /** Each session was processed as often as is expected, or more: to wait longer would show nothing new. */
  readonly awaited: boolean;
}

const howToShow: Record<ReceiverKind, string> = {
  embedded: "the embedded receiver does no work",
  app: "export processed(sessionId) from the app, or name a path that tells with --probe-url",
  process: "declare --probe-url or --probe-command",
  url: "declare --probe-url or --probe-command",
};

/** Of scenario time: what a receiver still does of itself after it has answered. */
const lateWorkMs = 60_000;

const saysNothing = (probe: string): string =>
  `${probe} says 0 for every session, so either nothing was processed or it counts something else`;

/** As long as a timer can be. */
const longestPatienceMs = 2 ** 31 - 1;

/** Who waits longer wants to know what for. In milliseconds. */
const toldAfterMs = 1000;

const pollMs = 25;
/** How long a count must have stood still before it is believed: a second processing may be under way. */
const stillMs = 250;

/** Counts how often each session was processed. */
export class ProcessedCounter {
  readonly #options: ProcessedCounterOptions;
  readonly #signal: AbortSignal;
  /** By session: what was counted before a restart, and is forgotten with it where the count is kept in memory. */
  #forgotten: readonly number[];

  constructor(options: ProcessedCounterOptions) {
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#forgotten = options.sessionIds.map(() => 0);
  }

  /**
   * Restarts the receiver; what it had processed until then goes on counting.
   * @param patienceMs how long it may take, in wall time, to tell that.
   */
  async across(restart: () => Promise<void>, patienceMs = Infinity): Promise<void> {
    const { probe } = this.#options.receiver;
    if (probe === null) return restart();
    const done = new AbortController();
    const counted = async (): Promise<readonly number[] | null> => {
      try {
        return await this.#counts();
      } catch (error) {
        // Asked again in the end, when it is told.
        if (error instanceof ProbeError) return null;
        throw error;
      }
    };
    const late = systemClock.sleep(Math.min(patienceMs, longestPatienceMs), done.signal).then(() => null);
    const before = await Promise.race([counted(), late.catch(() => null)]);
    done.abort();
    await restart();
    const after = await counted();
    if (before === null || after === null) return;
    this.#forgotten = this.#forgotten.map(
      (count, index) => count + Math.max(0, (before[index] ?? 0) - (after[index] ?? 0)),
    );
  }

  /** The counts once late work has had its time. */
  async end(): Promise<SeenCounts> {
    const { receiver } = this.#options;
    const movesInNoTime = receiver.sharesTime || receiver.travelTo !== undefined;
    const isFree = receiver.kind !== "embedded" && movesInNoTime;
    try {
      if (isFree) await this.#letTimePass();
      if (receiver.probe === null) return { counts: null, unseen: howToShow[receiver.kind], awaited: true };
      const counts = receiver.sharesTime ? await this.#counts() : await this.#stillCounts();
      const unseen = this.#whyUnseen(counts);
      if (unseen !== null) return { counts: null, unseen, awaited: false };
      return {
        counts: counts.map((count, index) => count + (this.#forgotten[index] ?? 0)),
        unseen: null,
        awaited: this.#areEnough(counts),
      };
    } catch (error) {
      if (error instanceof ProbeError) return { counts: null, unseen: error.message, awaited: true };
      throw error;
    }
  }

  /** Lets the scenario's time go on: for late work in any case, and longer while something is not processed. */
  async #letTimePass(): Promise<void> {
    const { receiver, clock, settleMs, held } = this.#options;
    const endsAt = clock.now() + settleMs;
    for (;;) {
      await clock.sleep(Math.min(lateWorkMs, endsAt - clock.now()), this.#signal);
      if (receiver.travelTo !== undefined) await held(async () => receiver.travelTo?.(clock.now()));
      if (clock.now() >= endsAt || receiver.probe === null || this.#areEnough(await this.#counts())) return;
    }
  }

  /** A probe is believed that is the app's own, or that has told of a session that was processed. */
  #whyUnseen(counts: readonly number[]): string | null {
    const { receiver, control } = this.#options;
    if (receiver.probe === null || receiver.probe.isOwn === true || control.kind === "counted") return null;
    if (control.kind === "not-counted") return control.reason;
    return this.#tellNothing(counts) ? saysNothing(receiver.probe.name) : null;
  }

  #tellNothing(counts: readonly number[]): boolean {
    const seen = counts.some((count, index) => count + (this.#forgotten[index] ?? 0) > 0);
    return !seen && this.#options.scenario.expect.processed.some((times) => times > 0);
  }

  #areEnough(counts: readonly number[]): boolean {
    const { processed } = this.#options.scenario.expect;
    return counts.every((count, index) => count + (this.#forgotten[index] ?? 0) >= (processed[index] ?? 0));
  }

  async #counts(): Promise<readonly number[]> {
    const { receiver, sessionIds } = this.#options;
    return Promise.all(sessionIds.map(async (id) => (await receiver.probe?.count(id, this.#signal)) ?? 0));
  }

  /** Asks in wall time until each session was processed as often as is expected and the counts stand still. */
  async #stillCounts(): Promise<readonly number[]> {
    const { deadlineClock, settleMs } = this.#options;
    const startedAt = deadlineClock.now();
    let counts = await this.#counts();
    let since = startedAt;
    let isTold = false;
    for (;;) {
      const now = deadlineClock.now();
      const enough = this.#areEnough(counts);
      if (now - startedAt >= settleMs || (enough && now - since >= stillMs)) return counts;
      if (!isTold && now - startedAt >= toldAfterMs) {
        isTold = true;
        this.#options.waits?.(`the work on each session to be seen, up to ${settleMs / 1000} s`);
      }
      await deadlineClock.sleep(pollMs, this.#signal);
      const next = await this.#counts();
      if (next.some((each, index) => each !== counts[index])) since = deadlineClock.now();
      counts = next;
    }
  }
}
