import { systemClock } from "../../clock/system-clock.js";
import { UsageError } from "../../errors.js";
import { atMost, runCommand, type RunningCommand } from "./command.js";
import { endingText, type Ending } from "./ending.js";
import { isDying, living } from "./family.js";
import { assertFollowsTime, whyNotStarted } from "./follows-time.js";
import { sharedMemoryOf } from "./libfaketime.js";
import { listeners } from "./listeners.js";
import { MetPeers } from "./met-peers.js";
import { defaultStartTimeoutMs, type ProcessReceiverOptions } from "./process-options.js";
import { accepts, type LocalEndpoint } from "./this-machine.js";
import type { TimeTravel } from "./time-travel.js";
import { watchdogNote, withoutWatchdog } from "./watchdogs.js";

const pollMs = 20;

/** Wrappers such as npm take a while to end after the server that they have started. */
const diesWithinMs = 1000;

const portFreeWithinMs = 5000;

const turnsToHear = 3;

/** Runs the command, again and again where it is asked to, and tells when it ends of itself. */
export class ProcessHost {
  readonly #options: ProcessReceiverOptions;
  readonly #endpoint: LocalEndpoint;
  readonly #time: TimeTravel | null;
  readonly #peers = new MetPeers(() => this.#pids());
  #running: RunningCommand | null = null;
  /** The one that is expected to be alive. */
  #served: RunningCommand | null = null;
  /** What is under way: starts, stops and travels one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #watchdog: string | null = null;
  #closed = false;

  constructor(options: ProcessReceiverOptions, endpoint: LocalEndpoint, time: TimeTravel | null) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#time = time;
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#start());
  }

  restart(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#portIsFree();
      this.#time?.leapTo(this.#options.now());
      await this.#start();
    });
  }

  /** SIGKILL, whatever it is at; then it is started again. */
  crash(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop("SIGKILL");
      await this.#portIsFree();
      this.#time?.leapTo(this.#options.now());
      await this.#start();
    });
  }

  travelTo(now: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#time?.travelTo(now, this.#pids());
    });
  }

  attempt(): () => void {
    return this.#peers.attempt();
  }

  /** Whom it was seen to talk to that keeps a time of its own, a name each. */
  met(): readonly string[] {
    const sleeps = this.#time?.sleepers === true ? ["what sleeps in a thread of the receiver until a time is up"] : [];
    return [...this.#peers.names(), ...sleeps];
  }

  async settle(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    const until = systemClock.now() + diesWithinMs;
    while (running.family !== null && isDying(running.family) && systemClock.now() < until) await systemClock.sleep(0);
    if (!(await accepts(this.#endpoint))) await atMost(diesWithinMs, running.ended);
  }

  /**
   * Resolves when what it has printed by now is told: it lies in the pipe, which is read as the event loop turns. And when
   * it is known whom it has asked.
   */
  async heard(): Promise<void> {
    for (let turn = 0; turn < turnsToHear; turn += 1) await systemClock.sleep(0);
    const time = this.#time;
    if (time !== null) await this.#inTurn(() => this.#peers.tellApart((pids) => time.lookForSleepers(pids)));
  }

  /** Sentences on what of it does not follow, or was made to. */
  caveats(): readonly string[] {
    return [
      ...(this.#time?.sleepers === true ? [sleepersCaveat] : []),
      ...(this.#watchdog === null ? [] : [this.#watchdog]),
    ];
  }

  output(): readonly string[] {
    return this.#running?.output.lines() ?? [];
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#peers.close();
    await this.#inTurn(async () => {
      await this.#stop();
      await this.#time?.close();
    });
  }

  #pids(): readonly number[] {
    const family = this.#running?.family;
    return family ? living(family) : [];
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #start(): Promise<void> {
    const { command, env, cwd, on, now, signal } = this.#options;
    signal?.throwIfAborted();
    if (this.#closed) return;
    const time = this.#time;
    const running = runCommand({
      command,
      env: time === null ? env : withoutWatchdog(time.environment(env)),
      plainEnv: env,
      ...(cwd !== undefined && { cwd }),
      printed: (text) => on({ kind: "printed", at: now(), text }),
      ...(time && { leftBy: sharedMemoryOf, leftovers: [time.directory] }),
    });
    this.#running = running;
    try {
      const problem = await this.#listens(running);
      if (problem !== null) {
        await this.#stop();
        const trouble = time === null ? null : whyNotStarted(running.output.lines());
        if (trouble !== null) throw new UsageError("ERR_TIME_TRAVEL", `--time-travel: ${trouble}; leave it out`);
        throw new UsageError("ERR_EXEC", `--exec: ${problem}${lastOutput(running.output.lines())}`);
      }
      if (time !== null) {
        const pids = this.#pids();
        assertFollowsTime(this.#endpoint.port, pids);
        this.#watchdog = watchdogNote(pids);
      }
      this.#served = running;
      void running.ended.then((ending) => this.#tellEnd(running, ending));
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  /** @returns what is wrong where it does not come to accept connections. */
  async #listens(running: RunningCommand): Promise<string | null> {
    const { signal, startTimeoutMs = defaultStartTimeoutMs } = this.#options;
    const until = systemClock.now() + startTimeoutMs;
    for (;;) {
      signal?.throwIfAborted();
      if (await accepts(this.#endpoint)) return null;
      const ending = running.ending();
      if (ending !== null) return `${endingText(ending)} before anything listened on port ${this.#endpoint.port}`;
      if (systemClock.now() >= until) return this.#nothingListens(running, startTimeoutMs);
      await systemClock.sleep(pollMs, signal);
    }
  }

  #nothingListens({ family }: RunningCommand, waitedMs: number): string {
    const { port } = this.#endpoint;
    const others = new Set(family === null ? [] : listeners(living(family)).map((listener) => listener.port));
    const text = `nothing listens at ${this.#endpoint.addresses.join(" or ")} port ${port} after ${waitedMs / 1000} seconds`;
    if (others.has(port)) return `${text}, but the process listens on that port at another address`;
    return others.size === 0 ? text : `${text}, but the process listens on port ${[...others].join(" and ")}`;
  }

  /** An end that was not asked for, of all there was. */
  #tellEnd(running: RunningCommand, ending: Ending): void {
    if (running !== this.#served || running.ending() === null) return;
    this.#served = null;
    const line = running.output.telling();
    const text = `${endingText(ending)}${line === undefined ? "" : `: ${line}`}`;
    this.#options.on({ kind: "crashed", at: this.#options.now(), text });
  }

  async #stop(how?: "SIGKILL"): Promise<void> {
    this.#served = null;
    await this.#running?.stop(how);
  }

  /** A container that the command has started may let go of its port some time after the command has ended. */
  async #portIsFree(): Promise<void> {
    const until = systemClock.now() + portFreeWithinMs;
    while (await accepts(this.#endpoint)) {
      if (systemClock.now() >= until) throw portTaken(this.#endpoint.port, "after the process was stopped");
      await systemClock.sleep(pollMs, this.#options.signal);
    }
  }
}

const sleepersCaveat =
  "threads of the receiver sleep until a time is up; --time-travel cannot wake them, so what they do then comes late or not at all";

export const portTaken = (port: number, when: string): UsageError =>
  new UsageError(
    "ERR_EXEC_PORT",
    `--exec: expected port ${port} to be free, but something accepted a connection there ${when}; end it, or give another port in --url`,
  );

const lastOutput = (lines: readonly string[]): string =>
  lines.length === 0 ? "; it printed nothing" : `; its last output:\n${lines.map((line) => `  ${line}`).join("\n")}`;
