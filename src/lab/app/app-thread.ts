// A process can be ended in no other way.
import { kill } from "node:process";
import { Worker } from "node:worker_threads";
import type { Hold, Timer } from "../../clock/clock.js";
import { systemClock } from "../../clock/system-clock.js";
import type { VirtualClock } from "../../clock/virtual-clock.js";
import { errorText } from "./error-text.js";
import { pulse, type AppStart, type FromApp, type ToAppContent } from "./messages.js";
import { starvedMs } from "./starved.js";
import { programUrl } from "./worker-file.js";

/** The share of a wait that it is taken to have had a processor for, however busy the machine is. */
const leastRun = 0.2;

/** Nothing asks for the time so often meanwhile but what waits for it to go on. */
const busyWaitLooks = 100_000n;

/** Nor so often, twice in a row, where the event loop turns all the while, and nothing comes of it. */
const turningWaitLooks = 10_000n;

const waitsInLoop =
  "; it waits in a loop for the time to go on, as with Date.now(), and that stands still while an app is at work: let it wait with a timer";

/** A job that cleans up every minute finds what it would find; a poller does not have a database moved for each poll. */
const bringsEveryMs = 60_000;

/** What the app's thread tells beside how it is getting on. */
export type AppNews = Exclude<FromApp, { readonly kind: "busy" | "idle" | "child" }>;

/** In milliseconds, more or less: what cannot be killed is not waited for. */
const restsForChildren = 100;

export interface AppThreadOptions {
  readonly start: Omit<AppStart, "now" | "pulse">;
  readonly clock: VirtualClock;
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
  /** An event loop that has not turned for so long, in wall time, will not turn again. @default 10 seconds */
  readonly blockedAfterMs?: number | undefined;
  readonly told: (news: AppNews) => void;
  /** Called when it has ended of itself, with a clause that says how. No news come after that. */
  readonly ended: (how: string) => void;
}

type Received = FromApp | { readonly kind: "ended"; readonly at: number; readonly how: string };

/**
 * The thread that the app runs in, on the scenario's clock: while the app is at work, time stands still, and when it
 * rests, time goes on to whatever comes first, the app's next timer included.
 */
export class AppThread {
  readonly #options: AppThreadOptions;
  readonly #clock: VirtualClock;
  readonly #worker: Worker;
  readonly #pulse = new BigInt64Array(new SharedArrayBuffer(pulse.length * BigInt64Array.BYTES_PER_ELEMENT));
  readonly #gone: Promise<unknown>;
  /** Processes that the app has started, by their ids. */
  readonly #children = new Set<number>();
  #sent = 0;
  #hold: Hold | null;
  /** What was received from an app that is ahead of the scenario's clock, until that has caught up. */
  readonly #ahead: Received[] = [];
  /** When the app rests, its next timer; when it is ahead, its time. */
  #wake: Timer | null = null;
  #watch: Timer | null = null;
  #isOver = false;
  /** How many messages have come. */
  #told = 0;
  #bring: ((now: number) => Promise<void>) | null = null;
  #broughtAt: number;

  constructor(options: AppThreadOptions) {
    const { start, clock, env } = options;
    this.#options = options;
    this.#clock = clock;
    this.#broughtAt = clock.now();
    this.#hold = clock.hold();
    this.#worker = new Worker(programUrl("worker/app-worker", import.meta.url), {
      workerData: { ...start, now: clock.now(), pulse: this.#pulse.buffer } satisfies AppStart,
      // What the app prints comes as messages, with its time; this is for what goes past that.
      stdout: true,
      stderr: true,
      argv: [],
      ...(env && { env }),
    });
    this.#worker.on("message", (message: FromApp) => this.#receive(message));
    let error: unknown;
    this.#worker.on("error", (thrown: unknown) => (error = thrown));
    this.#gone = new Promise<void>((resolve) => {
      this.#worker.once("exit", (code) => {
        this.#end(
          error === undefined
            ? `the app ended itself with exit code ${code}`
            : `an error that nothing caught ended the app: ${errorText(error)}`,
        );
        this.#killChildren();
        resolve();
      });
    });
    this.#watchTurns();
  }

  post(content: ToAppContent): void {
    if (this.#isOver) return;
    this.#sent += 1;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    this.#worker.postMessage({ ...content, now: this.#clock.now() });
    if (this.#ahead.length === 0) this.#holdTime();
  }

  /** From now on something beside the app is brought to a moment at which a timer of the app's fires, once a minute. */
  takeAlong(bring: (now: number) => Promise<void>): void {
    this.#bring = bring;
  }

  /** Resolves when the thread is gone. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#letGo();
    this.#killChildren();
    // Only the thread that has started a process can take leave of it.
    for (let rest = 0; rest < restsForChildren && this.#children.size > 0; rest += 1) await systemClock.sleep(1);
    await this.#worker.terminate();
    await this.#gone;
  }

  #receive(received: Received): void {
    this.#told += 1;
    if (received.kind === "child") return this.#keepChild(received.pid, received.isAlive);
    if (this.#isOver) return;
    this.#ahead.push(received);
    if (this.#ahead.length === 1) this.#takeIn();
  }

  /** Takes in what was received, each at its time. */
  #takeIn(): void {
    for (let next = this.#ahead[0]; next !== undefined && !this.#isOver; next = this.#ahead[0]) {
      const aheadMs = next.at - this.#clock.now();
      if (aheadMs > 0) {
        this.#letGo();
        this.#wake = this.#clock.timer(aheadMs, () => {
          this.#holdTime();
          this.#takeIn();
        });
        return;
      }
      this.#ahead.shift();
      this.#take(next);
    }
  }

  #take(received: Received): void {
    switch (received.kind) {
      case "busy":
        return this.#holdTime();
      case "idle":
        if (received.received === this.#sent) this.#rest(received.nextDue);
        return;
      case "child":
        return;
      case "ended":
        this.#isOver = true;
        this.#options.ended(received.how);
        return this.#letGo();
      default:
        return this.#options.told(received);
    }
  }

  #rest(nextDue: number | null): void {
    this.#letGo();
    if (nextDue === null) return;
    this.#wake = this.#clock.timer(nextDue - this.#clock.now(), () => void this.#goOn());
  }

  async #goOn(): Promise<void> {
    const now = this.#clock.now();
    if (this.#bring !== null && now - this.#broughtAt >= bringsEveryMs) {
      this.#broughtAt = now;
      this.#holdTime();
      await this.#bring(now);
    }
    const jumpsTo = this.#clock.jumpsTo();
    const clearUntil = this.#bring === null ? jumpsTo : Math.min(jumpsTo, this.#broughtAt + bringsEveryMs);
    this.post({ kind: "advance", clearUntil });
  }

  #holdTime(): void {
    this.#wake?.cancel();
    this.#wake = null;
    if (this.#hold !== null) return;
    this.#hold = this.#clock.hold();
    this.#watchTurns();
  }

  #letGo(): void {
    this.#wake?.cancel();
    this.#wake = null;
    this.#watch?.cancel();
    this.#watch = null;
    this.#hold?.release();
    this.#hold = null;
  }

  #keepChild(pid: number, isAlive: boolean): void {
    if (isAlive) this.#children.add(pid);
    else this.#children.delete(pid);
  }

  #killChildren(): void {
    for (const pid of this.#children) {
      try {
        kill(pid, "SIGKILL");
      } catch {
        // It has ended at the same time.
      }
    }
  }

  /**
   * @param spins whether it did nothing but ask for the time since the look before.
   * @param ranMs for how long it has not turned by now, though it had a processor.
   */
  #watchTurns(spins = false, ranMs = 0): void {
    const { blockedAfterMs = 10_000 } = this.#options;
    const starved = starvedMs();
    const turns = Atomics.load(this.#pulse, pulse.turns);
    const looks = Atomics.load(this.#pulse, pulse.looks);
    const told = this.#told;
    this.#watch = systemClock.timer(blockedAfterMs, () => {
      const now = Atomics.load(this.#pulse, pulse.turns);
      const looked = Atomics.load(this.#pulse, pulse.looks) - looks;
      if (now !== turns) {
        const spinsOn = looked > turningWaitLooks && this.#told === told;
        if (!spins || !spinsOn) return this.#watchTurns(spinsOn);
        return this.#giveUp(`the app did not come to rest for ${(2 * blockedAfterMs) / 1000} seconds${waitsInLoop}`);
      }
      // Before the first turn it is being started, which takes its time on a busy machine.
      if (now === 0n) return this.#watchTurns();
      // Several threads that wait at once count several times, and one that is blocked has to be told of in the end.
      const couldRunMs = ranMs + Math.max(leastRun * blockedAfterMs, blockedAfterMs - (starvedMs() - starved));
      if (couldRunMs < blockedAfterMs / 2) return this.#watchTurns(false, couldRunMs);
      this.#giveUp(
        `the app blocked its event loop for ${blockedAfterMs / 1000} seconds${looked > busyWaitLooks ? waitsInLoop : ""}`,
      );
    });
  }

  #giveUp(how: string): void {
    this.#end(how);
    void this.#worker.terminate();
  }

  #end(how: string): void {
    this.#receive({ kind: "ended", at: Number(Atomics.load(this.#pulse, pulse.now)), how });
  }
}
