// Whose own connections are nobody else's.
import { pid as ownPid } from "node:process";
import { systemClock } from "../../clock/system-clock.js";
import type { Timer } from "../../clock/clock.js";
import { isTool } from "../tools.js";
import { whyNotMoved } from "./follows-time.js";
import { linksOf } from "./listeners.js";
import { connectedUnixSockets, tcpSockets, type TcpSocket } from "./sockets.js";

/** Sockets with a path that a database listens on; others are there for names, logs and the like. */
const stores = /pgsql|postgres|mysql|mariadb|redis|valkey|mongo|memcache|cassandra|clickhouse/i;

/** A new connection to a database lasts some milliseconds at least. */
const pollMs = 2;

type Names = ReadonlySet<string>;

/**
 * Sees whom processes talk to whose clock is moved: whoever is not moved along keeps a time of its own. A connection that
 * stands is found with whom it belongs to. One that was made for a single request and is closed again belongs to nobody,
 * and others on this machine make such as well: what is asked in each attempt, and not all the time, is the receiver's.
 */
export class MetPeers {
  readonly #moved: () => readonly number[];
  readonly #met = new Set<string>();
  /** Servers that somebody has left, in each of the attempts and in each pause before them. */
  readonly #left: { readonly attempts: Names[]; readonly pauses: Names[] } = { attempts: [], pauses: [] };
  #known: Names = new Set();
  readonly #connectedBefore: Names = new Set(connectedUnixSockets().map(({ link }) => link));
  /** Those that were looked into: it takes reading the whole program. */
  readonly #processes = new Set<number>();
  #underway = 0;
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
      this.#left.pauses.push(this.#leftSince());
      this.#poll();
    }
    this.#underway += 1;
    return () => {
      this.#underway -= 1;
      this.#lookAtPaths();
      this.#lookAtPorts();
      if (this.#underway > 0) return;
      this.#watch?.cancel();
      this.#left.attempts.push(this.#leftSince());
    };
  }

  /** Those met so far, by a name each. */
  names(): readonly string[] {
    this.#lookAtPorts();
    const {
      attempts: [first = new Set(), ...others],
      pauses,
    } = this.#left;
    const asked = [...first].filter(
      (name) => others.every((names) => names.has(name)) && !pauses.every((names) => names.has(name)),
    );
    return [...new Set([...this.#met, ...asked])].sort();
  }

  close(): void {
    this.#watch?.cancel();
  }

  #poll(): void {
    this.#watch?.cancel();
    this.#watch = systemClock.timer(pollMs, () => {
      this.#lookAtPaths();
      this.#poll();
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
    const { sockets, own, served } = this.#sockets(moved);
    for (const { state, local, remote, link } of sockets) {
      if (state !== "established" || !own.has(link)) continue;
      if (!served.has(local.port) && !served.has(remote.port)) this.#met.add(nameOf(remote));
    }
  }

  /** The servers of others, of this machine, that connections were closed with since the last look. */
  #leftSince(): Names {
    const { sockets, own } = this.#sockets(this.#moved());
    const ours = new Set(linksOf(ownPid));
    const foreign = portsOf(sockets, (link) => !own.has(link) && !ours.has(link));
    const left = sockets.filter((socket) => socket.state === "time-wait" && !this.#known.has(keyOf(socket)));
    this.#known = new Set(sockets.map(keyOf));
    return new Set(
      left.flatMap(({ local, remote }) => [remote, local].filter(({ port }) => foreign.has(port)).map(nameOf)),
    );
  }

  #sockets(moved: readonly number[]) {
    const own: Names = new Set(moved.flatMap(linksOf));
    const sockets = tcpSockets();
    return { sockets, own, served: portsOf(sockets, (link) => own.has(link)) };
  }
}

const portsOf = (sockets: readonly TcpSocket[], is: (link: string) => boolean): ReadonlySet<number> =>
  new Set(sockets.flatMap(({ state, link, local }) => (state === "listening" && is(link) ? [local.port] : [])));

const nameOf = ({ address, port }: TcpSocket["local"]): string =>
  `${address.includes(":") ? `[${address}]` : address}:${port}`;

const keyOf = ({ state, local, remote }: TcpSocket): string => `${state} ${nameOf(local)} ${nameOf(remote)}`;
