import { entries, linkTarget } from "./proc.js";
import { tcpSockets } from "./sockets.js";

/** A TCP port that a process listens on, at whatever address. */
export interface Listener {
  readonly pid: number;
  readonly port: number;
}

/** What these processes listen on (Linux; nothing elsewhere), or those of them that may be looked into. */
export function listeners(pids: readonly number[]): Listener[] {
  const ports = new Map(tcpSockets(["listening"]).map(({ link, local }) => [link, local.port]));
  return pids.flatMap((pid) =>
    linksOf(pid).flatMap((link) => {
      const port = ports.get(link);
      return port === undefined ? [] : [{ pid, port }];
    }),
  );
}

/** What the descriptors of a process stand for, or nothing where it may not be looked into. */
export const linksOf = (pid: number): string[] =>
  entries(`/proc/${pid}/fd`).map((fd) => linkTarget(`/proc/${pid}/fd/${fd}`));
