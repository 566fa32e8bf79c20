import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect } from "vitest";
import { skipReason, type Requirement } from "../../../fixtures/stacks/requirements.test.kit.js";
import type { AttemptOutcome } from "../../sender/attempt.js";
import { parseCallbackUrl } from "../../sender/callback-url.js";
import { createSender } from "../../sender/sender.js";
import type { ReceiverEvent } from "../lab-receiver.js";
import { findLibfaketime } from "./libfaketime.js";
import type { ProcessReceiverOptions } from "./process-options.js";
import { readText } from "./proc.js";
import { startProcessReceiver, type ProcessReceiver } from "./process-receiver.js";
import { freePort } from "../../receivers/free-port.test.kit.js";

export const startAt = Date.UTC(2025, 0, 1);

/** Offsets of the six documented attempts, in milliseconds. */
export const wholeSchedule = [0, 1, 3, 8, 23, 53].map((minutes) => minutes * 60_000);

export const fixture = (name: string): string =>
  `'${fileURLToPath(new URL(`../../../fixtures/processes/${name}`, import.meta.url))}'`;

const needsFaketime: Requirement = () => {
  try {
    findLibfaketime();
    return null;
  } catch {
    return "apt-get install faketime";
  }
};

export const withoutFaketime = skipReason("--exec with --time-travel", needsFaketime) !== null;

export interface Played extends ProcessReceiver {
  readonly port: number;
  readonly events: readonly ReceiverEvent[];
  /** Where the scenario is. */
  at(offsetMs: number): void;
}

const running = new Set<ProcessReceiver>();

afterEach(async () => {
  for (const receiver of running) await receiver.close();
  running.clear();
});

/** Starts what listens on a free port of 127.0.0.1, and closes it after the test. */
export async function play(
  commandOn: (port: number) => string,
  options: Partial<ProcessReceiverOptions> = {},
): Promise<Played> {
  const port = await freePort();
  const events: ReceiverEvent[] = [];
  let now = startAt;
  const receiver = await startProcessReceiver({
    command: commandOn(port),
    url: parseCallbackUrl(`http://127.0.0.1:${port}/hook`),
    timeTravel: false,
    startAt,
    startTimeoutMs: 20_000,
    on: (event) => events.push(event),
    now: () => now,
    probe: null,
    env: process.env,
    ...options,
  });
  running.add(receiver);
  return {
    ...receiver,
    port,
    events,
    at: (offsetMs) => {
      now = startAt + offsetMs;
    },
  };
}

/** Plays attempts for one session at these offsets, and tells what came of each. */
export async function attempts(
  played: Played,
  offsetsMs: readonly number[],
  sessionId = "s1",
): Promise<AttemptOutcome[]> {
  const sender = createSender({ url: played.url });
  const outcomes: AttemptOutcome[] = [];
  for (const offsetMs of offsetsMs) {
    played.at(offsetMs);
    await played.travelTo?.(startAt + offsetMs);
    const ended = played.attempt?.();
    const { outcome } = await sender.attempt(sender.callback(sessionId));
    ended?.();
    outcomes.push(outcome);
    if (outcome.kind === "failed") await played.settle();
    await played.heard?.();
  }
  await sender.close();
  return outcomes;
}

export async function processed({ port }: Played, sessionId = "s1"): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/${sessionId}`, { headers: { connection: "close" } });
  return Number(await answer.text());
}

/** Processes whose command line holds this text. */
export function processesNaming(text: string): { readonly pid: number; readonly line: string }[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .map((pid) => ({ pid, line: readText(`/proc/${pid}/cmdline`).replaceAll("\0", " ") }))
    .filter(({ line }) => line.includes(text));
}

/** What libfaketime keeps for these processes, and the clock that they read. */
export function timeFiles(pids: readonly number[], directory: string): string[] {
  return [
    ...readdirSync("/dev/shm").filter((name) => pids.some((pid) => name.endsWith(`_${pid}`))),
    ...readdirSync(directory).filter((name) => name.startsWith("webhook-conformance-time-")),
  ];
}

export const acknowledged = expect.objectContaining({ kind: "acknowledged" }) as unknown;
