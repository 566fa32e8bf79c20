// Whose own connections are nobody else's.
import { pid as ownPid } from "node:process";
import { systemClock } from "../../clock/system-clock.js";
import type { Timer } from "../../clock/clock.js";
import { isKernelClock } from "../kernel-clocks.js";
import { isTool } from "../tools.js";
import { whyNotMoved } from "./follows-time.js";
import { linksOf } from "./listeners.js";
import { connectedUnixSockets, tcpSockets, type TcpSocket } from "./sockets.js";
import { goOn, stop } from "./stopping.js";

/** Sockets with a path that a database listens on; others are there for names, logs and the like. */
const stores = /pgsql|postgres|mysql|mariadb|redis|valkey|mongo|memcache|cassandra|clickhouse/i;

/** A new connection to a database lasts some milliseconds at least; a machine with many connections takes time to look through. */
const poll = { leastMs: 2, timesTheLook: 4 };

/** What others ask on this machine shows while the receiver is stopped for so many times an attempt's length, within these bounds. */
const control = { times: 3, leastMs: 100, mostMs: 2000 };

type Names = ReadonlySet<string>;

/**
 * Sees whom processes talk to whose clock is moved: whoever is not moved along keeps a time of its own. A connection that
 * stands is found with whom it belongs to. One that was made for a single request and is closed again belongs to nobody,
 * and others on this machine make such as well: what is asked in each attempt, and not while the receiver is stopped, is
 * the receiver's. A clock of the kernel's is seen while it is open; one that is opened and closed for each look is not.
 */
export class MetPeers {
  readonly #moved: () => readonly number[];
  readonly #met = new Set<string>();
  /** Servers that somebody has left in each of the attempts so far; null before the first. */
  #suspects: Names | null = null;
  /** Servers that others ask. */
  readonly #others = new Set<string>();
  #known: Names = new Set();
  readonly #connectedBefore: Names = new Set(connectedUnixSockets().map(({ link }) => link));
  /** Those that were looked into: it takes reading the whole program. */
  readonly #processes = new Set<number>();
  #underway = 0;
  #sinceMs = 0;
  #tookMs = 0;
  #watch: Timer | null = null;

  /**
   * Before the receiver is started.
   * @param moved the processes whose clocks are moved, all of them.
   */
  constructor(moved: () => readonly number[]) {
    this.#moved = moved;
  }

  /** An attempt begins that will get to the receiver. @returns ends it. */
  attempt(): () => void {
    if (this.#underway === 0) {
      this.#leftSince();
      this.#sinceMs = systemClock.now();
      this.#poll();
    }
    this.#underway += 1;
    return () => {
      this.#underway -= 1;
      this.#lookAtPaths();
      this.#lookAtPorts();
      if (this.#underway > 0) return;
      this.#watch?.cancel();
      const left = this.#leftSince();
      this.#suspects = new Set([...left].filter((name) => this.#suspects?.has(name) ?? true));
      this.#tookMs = systemClock.now() - this.#sinceMs;
    };
  }

  /**
   * For after an attempt: finds out who is asked by others, while the receiver, which is stopped meanwhile, asks nobody.
   * @param before looks at what does not show any more of a process that was stopped.
   */
  async tellApart(before: (pids: readonly number[]) => Promise<void>): Promise<void> {
    if (this.#underway > 0 || this.#asked().length === 0) return;
    const pids = this.#moved();
    await before(pids);
    try {
      stop(pids);
      this.#leftSince();
      const ms = Math.min(Math.max(control.times * this.#tookMs, control.leastMs), control.mostMs);
      await systemClock.sleep(ms);
      for (const name of this.#leftSince()) this.#others.add(name);
    } finally {
      goOn(pids);
    }
  }

  /** Those met so far, by a name each. */
  names(): readonly string[] {
    this.#lookAtPorts();
    return [...this.#met, ...this.#asked()].sort();
  }

  #asked(): readonly string[] {
    return [...(this.#suspects ?? [])].filter((name) => !this.#met.has(name) && !this.#others.has(name));
  }

  close(): void {
    this.#watch?.cancel();
  }

  #poll(afterMs: number = poll.leastMs): void {
    this.#watch?.cancel();
    this.#watch = systemClock.timer(afterMs, () => {
      const startedAt = systemClock.now();
      this.#lookAtPaths();
      this.#lookAtConnections(this.#moved());
      this.#poll(Math.max(poll.leastMs, poll.timesTheLook * (systemClock.now() - startedAt)));
    });
  }

  #lookAtPaths(): void {
    for (const { path, link } of connectedUnixSockets()) {
      if (stores.test(path) && !this.#connectedBefore.has(link)) this.#met.add(path);
    }
  }

  #lookAtPorts(): void {
    const moved = this.#moved();
    for (const pid of moved) {
      const unmoved = this.#processes.has(pid) ? null : whyNotMoved(pid);
      this.#processes.add(pid);
      if (unmoved !== null && !isTool(unmoved.name)) this.#met.add(`the process ${unmoved.name}`);
    }
    this.#lookAtConnections(moved);
  }

  #lookAtConnections(moved: readonly number[]): void {
    const { sockets, own, served } = this.#sockets(moved, ["listening", "established"]);
    for (const link of own) if (isKernelClock(link)) this.#met.add(link);
    for (const { state, local, remote, link } of sockets) {
      if (state !== "established" || !own.has(link)) continue;
      if (!served.has(local.port) && !served.has(remote.port)) this.#met.add(nameOf(remote));
    }
  }

  /** The servers of others, of this machine, that were left by connections which were not there, or stood, at the last look. */
  #leftSince(): Names {
    const { sockets, own } = this.#sockets(this.#moved());
    const ours = new Set(linksOf(ownPid));
    const foreign = portsOf(sockets, (link) => !own.has(link) && !ours.has(link));
    const left = sockets.filter((socket) => socket.state === "time-wait" && !this.#known.has(keyOf(socket)));
    // One that is being closed was left already, whoever of both takes leave.
    this.#known = new Set(sockets.filter(({ state }) => state !== "established").map(keyOf));
    return new Set(
      left.flatMap(({ local, remote }) => [remote, local].filter(({ port }) => foreign.has(port)).map(nameOf)),
    );
  }

  #sockets(moved: readonly number[], states?: readonly TcpSocket["state"][]) {
    const own: Names = new Set(moved.flatMap(linksOf));
    const sockets = tcpSockets(states);
    return { sockets, own, served: portsOf(sockets, (link) => own.has(link)) };
  }
}

const portsOf = (sockets: readonly TcpSocket[], is: (link: string) => boolean): ReadonlySet<number> =>
  new Set(sockets.flatMap(({ state, link, local }) => (state === "listening" && is(link) ? [local.port] : [])));

const nameOf = ({ address, port }: TcpSocket["local"]): string =>
  `${address.includes(":") ? `[${address}]` : address}:${port}`;

/** The same for both ends of a connection. */
const keyOf = ({ local, remote }: TcpSocket): string => [nameOf(local), nameOf(remote)].sort().join(" ");
