import ipaddr from "ipaddr.js";
import { readText } from "./proc.js";

/** One end of a connection, or what listens. */
export interface TcpSocket {
  readonly state: "established" | "time-wait" | "listening" | "other";
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** As it stands behind a descriptor in /proc; `socket:[0]` where no process has it any more. */
  readonly link: string;
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Linux's tcp_states.h. */
const states: Readonly<Record<string, TcpSocket["state"]>> = {
  "01": "established",
  "06": "time-wait",
  "0A": "listening",
};

/**
 * Those of this network namespace (Linux; none elsewhere).
 * @param wanted of which states; of those that are over, there may be tens of thousands. @default all
 */
export function tcpSockets(wanted?: readonly TcpSocket["state"][]): TcpSocket[] {
  return ["tcp", "tcp6"].flatMap((family) =>
    rowsOf(
      family,
      (line) => wanted === undefined || wanted.includes(stateOf(/^\s*\d+: \S+ \S+ (\S+)/.exec(line)?.[1])),
    ).map(([, local = "", remote = "", state, , , , , , inode]) => ({
      state: stateOf(state),
      local: endpointOf(local),
      remote: endpointOf(remote),
      link: `socket:[${inode}]`,
    })),
  );
}

const stateOf = (code = ""): TcpSocket["state"] => states[code] ?? "other";

/** A socket with a path: what listens there, or the server's end of a connection. */
export interface UnixSocket {
  readonly path: string;
  readonly link: string;
}

/** Those that are connected now (SS_CONNECTED of Linux's net.h), by the path that their server listens on. */
export const connectedUnixSockets = (): UnixSocket[] => unixSockets("03");

/** Those that listen, which are connected to nobody (SS_UNCONNECTED). */
export const unixListeners = (): UnixSocket[] => unixSockets("01");

const unixSockets = (wanted: string): UnixSocket[] =>
  rowsOf("unix").flatMap(([, , , , , state, inode, path]) =>
    state === wanted && path !== undefined ? [{ path, link: `socket:[${inode}]` }] : [],
  );

/** The rows below the heading, by column; see proc_net(5). */
const rowsOf = (family: string, isWanted: (line: string) => boolean = () => true): string[][] =>
  readText(`/proc/net/${family}`)
    .split("\n")
    .slice(1)
    .filter((line) => line !== "" && isWanted(line))
    .map((line) => line.trim().split(/\s+/));

/** `0100007F:1F90`: words of four bytes, each in the order of the machine, which is little-endian wherever Node runs. */
function endpointOf(text: string): Endpoint {
  const [hex = "", port = ""] = text.split(":");
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, "hex").reverse()]);
  const mapped = bytes.length === 16 && bytes.slice(0, 12).join() === "0,0,0,0,0,0,0,0,0,0,255,255";
  const address = bytes.length === 4 || mapped ? bytes.slice(-4).join(".") : ipv6Of(bytes);
  return { address, port: Number.parseInt(port, 16) };
}

function ipv6Of(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  return ipaddr.parse(groups.join(":")).toString();
}
