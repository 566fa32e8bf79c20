import { renameSync, writeFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../clock/system-clock.js";
import { UsageError } from "../../errors.js";
import { reasonOf } from "../../input/text-file.js";
import type { Environment } from "./command.js";
import { goOn, stop } from "./stopping.js";
import { findLibfaketime, travellingEnvironment } from "./libfaketime.js";
import { atRest, haveTimers, timedWaits } from "./threads.js";

const shortestStepMs = 1000;
const longestStepMs = 60_000;
const stepsPerElapsed = 4;

/**
 * The moments at which a clock stops on its way, so that what is due meanwhile happens in order and about when it
 * should: what was set as the way began is late by at most a quarter of its delay. At least a second apart and at most a
 * minute: 53 minutes of retries are some 140 steps, of two milliseconds each.
 * @internal
 */
export function* moments(from: number, to: number): Generator<number> {
  for (let at = from; at < to;) {
    at += Math.min(Math.max((at - from) / stepsPerElapsed, shortestStepMs), longestStepMs);
    yield Math.min(at, to);
  }
}

/** Milliseconds, over a whole way, to wait for a process to come to rest. */
const patienceMs = 1000;

/** Milliseconds: ten times as long as a thread of Python waits for its turn. */
const lookAgainMs = 50;

/**
 * The clock of a process under libfaketime: an offset to the time of day, in a file that it reads each time it asks for
 * the time. The offset only grows, so no clock of the process ever runs backwards; between two travels it runs on with
 * real time. An offset needs no time zone, and is one and the same for every process that the receiver consists of.
 *
 * A process that sleeps in epoll_wait is woken by being stopped and continued, which ends that call early (signal(7)):
 * its event loop then reads the clock and does what is due. What follows, measured with libfaketime 0.9.10:
 *
 * | runtime | the clock it reads | timers |
 * |---|---|---|
 * | Node 20 | follows | follow: setTimeout, setInterval |
 * | Python 3.11, asyncio and uvicorn | follows, time.monotonic too | follow: call_later, asyncio.sleep |
 * | Python 3.11, threads | follows | do not: time.sleep takes its real time, threading.Timer and waits with a timeout never end |
 * | Ruby 3.1, puma | follows | do not: sleep and Timeout take their real time |
 * | PHP 8.2, `php -S` | follows | has none between requests |
 * | Java 17 | follows | do not: a ScheduledExecutorService takes real time, or for ever |
 * | Go 1.19, linked dynamically or not | does not follow | do not follow |
 * | any program without libc, or linked statically | does not follow | do not follow |
 *
 * Those that do not follow at all are refused (`follows-time.ts`); threads that sleep are told of (`sleepers`). The
 * times of files are the kernel's and never follow.
 */
export class TimeTravel {
  readonly directory: string;
  readonly #library: string;
  #offsetMs: number;
  #sleepers = false;

  /**
   * @param startAt the process's clock when it starts, in milliseconds since the Unix epoch.
   * @throws UsageError `ERR_TMPDIR` where no temporary files can be written.
   */
  static async from(startAt: number, library: string): Promise<TimeTravel> {
    const directory = await mkdtemp(join(tmpdir(), "webhook-conformance-time-")).catch((error: unknown) => {
      const expected = `expected a directory for temporary files, ${tmpdir()}, that can be written`;
      throw new UsageError("ERR_TMPDIR", `TMPDIR: ${expected}, but ${reasonOf(error)}`, { cause: error });
    });
    // A database runs as a user of its own, who has to read the clock as well.
    await chmod(directory, 0o755);
    return new TimeTravel(directory, startAt, library);
  }

  private constructor(directory: string, startAt: number, library: string) {
    this.directory = directory;
    this.#library = library;
    this.#offsetMs = startAt - systemClock.now();
    this.#write();
  }

  /** Whether any thread of the receiver was seen to sleep until a time is up, or a timer to be set, by the kernel's clock. */
  get sleepers(): boolean {
    return this.#sleepers;
  }

  environment(env: Environment): Environment {
    return travellingEnvironment(env, this.#library, this.#file);
  }

  /** Moves on to `now` in one leap, while nobody is there to notice. */
  leapTo(now: number): void {
    this.#offsetMs = Math.max(this.#offsetMs, now - systemClock.now());
    this.#write();
  }

  /** Brings the clock of all these processes to `now`, step by step, unless it is there already. */
  async travelTo(now: number, travellers: readonly number[]): Promise<void> {
    const patience = { untilMs: systemClock.now() + patienceMs };
    for (const moment of moments(systemClock.now() + this.#offsetMs, now)) {
      await this.lookForSleepers(travellers);
      this.leapTo(moment);
      // Without a pause in between, so that an end of the harness leaves nobody stopped.
      stop(travellers);
      goOn(travellers);
      await rest(travellers, patience.untilMs);
    }
  }

  /** For before they are stopped, which hides what a thread waits for. */
  async lookForSleepers(pids: readonly number[]): Promise<void> {
    this.#sleepers ||= await hasSleepers(pids);
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.directory, "offset");
  }

  /** In one go: a process may read it at any moment. */
  #write(): void {
    const seconds = (this.#offsetMs / 1000).toFixed(3);
    writeFileSync(`${this.#file}.next`, `${seconds.startsWith("-") ? "" : "+"}${seconds}\n`);
    renameSync(`${this.#file}.next`, this.#file);
  }
}

/**
 * A clock for processes that start now.
 * @param startAt what it shows then, in milliseconds since the Unix epoch.
 * @throws UsageError `ERR_TIME_TRAVEL` where there is no libfaketime.
 */
export const startTime = (startAt: number): Promise<TimeTravel> => TimeTravel.from(startAt, findLibfaketime());

/** A thread that waits for a lock a few milliseconds at a time, as for Python's interpreter, does not sleep. */
async function hasSleepers(pids: readonly number[]): Promise<boolean> {
  if (haveTimers(pids)) return true;
  const waits = timedWaits(pids);
  if (waits.length === 0) return false;
  await systemClock.sleep(lookAgainMs);
  const still = new Set(timedWaits(pids));
  return waits.some((wait) => still.has(wait));
}

async function rest(pids: readonly number[], untilMs: number): Promise<void> {
  do {
    await systemClock.sleep(0);
    // Threads are looked at one after the other, and one may wake another: only two equal looks tell.
    const mark = atRest(pids);
    if (mark !== null && mark === atRest(pids)) return;
  } while (systemClock.now() < untilMs);
}
