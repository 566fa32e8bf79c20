import { once } from "node:events";
import type { Socket } from "node:net";
import type { Clock } from "../clock/clock.js";
import { hostileFiles } from "./hostile-files.js";
import { createRecordingServer, type RecordingServer, type RecordingServerOptions } from "./recording-server.js";

/** What a hostile or broken server does with a connection, step by step. All of it is data, fit for JSON. */
export type HostileStep =
  /** These bytes, one character each, so many times. */
  | { readonly send: string; readonly times?: number }
  /** These bytes over and over, as fast as they are taken, until the sender leaves. */
  | { readonly flood: string }
  /** These bytes, one at a time, so many milliseconds between them. */
  | { readonly dribble: string; readonly everyMs: number }
  | { readonly waitMs: number }
  /** FIN, or RST. Without an end the connection stays open. */
  | { readonly end: "close" | "reset" };

export interface HostileAnswer {
  /** One sentence. */
  readonly title: string;
  /** @default once the request has come */
  readonly when?: "connected" | "requested";
  readonly steps: readonly HostileStep[];
  /** What becomes of the attempt: `acknowledged 200`, or reason, phase and code of a failure. */
  readonly outcome: string;
  /** Where the outcome is a matter of luck, as the order of a reset and of what was read: a pattern for it. */
  readonly orElse?: string;
  /** How its body ended, where it was answered; @default "complete" */
  readonly bodyEnd?: string;
  /** What is told of it, though it is read. @default none */
  readonly oddities?: readonly string[];
}

export const hostileNames = (): readonly string[] => Object.keys(hostileFiles());

/** Null where there is none of that name. */
export function hostileAnswer(name: string): HostileAnswer | null {
  const files = hostileFiles();
  return Object.hasOwn(files, name) ? (files[name] as HostileAnswer) : null;
}

/** A server that meets every connection so. On a virtual clock it waits on behalf of the sender's attempt. */
export function createHostileServer(
  { when = "requested", steps }: HostileAnswer,
  options: Omit<RecordingServerOptions, "accept" | "answer">,
): Promise<RecordingServer> {
  const { clock } = options;
  return createRecordingServer({
    ...options,
    ...(when === "connected" && {
      accept: (socket, { remotePort }) => void play(socket, remotePort, steps, clock).catch(() => socket.destroy()),
    }),
    answer: async (socket, { connection }) => {
      if (when === "requested") await play(socket, connection.remotePort, steps, clock);
    },
  });
}

/** Longer than any sender waits. */
const foreverMs = 60_000;

async function play(socket: Socket, port: number, steps: readonly HostileStep[], clock: Clock): Promise<void> {
  const left = new AbortController();
  socket.once("close", () => left.abort());
  /** Waits on behalf of the sender; false when it has left, and nobody waits any more. */
  const passes = async (ms: number): Promise<boolean> => {
    if (socket.destroyed) return false;
    return clock.stall(port, ms, left.signal).then(
      () => !socket.destroyed,
      () => false,
    );
  };
  for (const step of steps) {
    if (socket.destroyed) return;
    if ("send" in step) socket.write(step.send.repeat(step.times ?? 1), "latin1");
    else if ("flood" in step) await flood(socket, Buffer.from(step.flood, "latin1"), left.signal);
    else if ("waitMs" in step) {
      if (!(await passes(step.waitMs))) return;
    } else if ("dribble" in step) {
      for (const byte of step.dribble) {
        socket.write(byte, "latin1");
        if (!(await passes(step.everyMs))) return;
      }
    } else {
      if (step.end === "close") socket.end();
      else socket.resetAndDestroy();
      return;
    }
  }
  await passes(foreverMs);
}

/** No more is buffered than the sender takes. */
async function flood(socket: Socket, bytes: Buffer, left: AbortSignal): Promise<void> {
  const block = Buffer.concat(Array.from({ length: Math.ceil(16_384 / bytes.length) }, () => bytes));
  while (!socket.destroyed) {
    if (!socket.write(block)) await once(socket, "drain", { signal: left }).catch(() => {});
  }
}
