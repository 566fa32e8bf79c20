import { entries, linkTarget, readText } from "./proc.js";

/** A TCP port that a process listens on, at whatever address. */
export interface Listener {
  readonly pid: number;
  readonly port: number;
}

/** What these processes listen on (Linux; nothing elsewhere), or those of them that may be looked into. */
export function listeners(pids: readonly number[]): Listener[] {
  const ports = new Map(["tcp", "tcp6"].flatMap(listeningSockets));
  return pids.flatMap((pid) =>
    entries(`/proc/${pid}/fd`).flatMap((fd) => {
      const port = ports.get(linkTarget(`/proc/${pid}/fd/${fd}`));
      return port === undefined ? [] : [{ pid, port }];
    }),
  );
}

/** By socket. In proc(5): local address and port in hexadecimal, state 0A for listening, the inode in the tenth column. */
function listeningSockets(family: string): [socket: string, port: number][] {
  return readText(`/proc/net/${family}`)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map(([, local = "", , , , , , , , inode]) => [
      `socket:[${inode}]`,
      Number.parseInt(local.split(":")[1] ?? "", 16),
    ]);
}
