import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { Clock } from "../clock/clock.js";
import { virtualClock, type VirtualClock } from "../clock/virtual-clock.js";
import { createScriptedReceiver } from "../receivers/scripted-receiver.js";
import type { Step } from "../receivers/script.js";
import type { Report, ReportCheck } from "../report/model.js";
import type { Check, Suite } from "./check.js";
import { suitesOf } from "./check.test.kit.js";
import { batch } from "../contract/batch.js";
import { createLanes } from "./lanes.js";
import { openTarget, type OpenTarget } from "./open-target.js";
import { planRun, type Plan, type Told } from "./plan.js";
import { run, type Following } from "./run.js";

export { baselineCheckOf, checkOf, suitesOf } from "./check.test.kit.js";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Has it closed after the test, in reverse order. */
export function closeAfterTest(close: () => unknown): void {
  closers.push(close);
}

/** One callback as a receiver of the tests meets it. */
export interface Arrived {
  /** From 1, over all paths. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly sessionId: string;
  readonly request: IncomingMessage;
  /** Waits in the virtual time that it shares with the target; rejects when the sender leaves. */
  wait(ms: number): Promise<void>;
}

export interface Given {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What it does instead of answering: resets the connection, or says nothing until the sender leaves. */
export type Answer = Given | "reset" | "hang";

export interface TestReceiver {
  /** Callback URL, at `/hooks/scriptix`. */
  readonly url: string;
  readonly arrived: readonly Arrived[];
  /** Connections that are open now. */
  connections(): Promise<number>;
  /** Takes no more connections, and ends what is under way in good order. */
  stopListening(): void;
  close(): Promise<void>;
}

/** Longer than any deadline. */
const aDayMs = 24 * 60 * 60_000;

/**
 * A plain server on loopback; it is closed after the test.
 * @param clock shared with the target's deadline, where the receiver waits or hangs.
 */
export async function startReceiver(
  answer: (callback: Arrived) => Answer | Promise<Answer> = () => ({}),
  clock?: Clock,
): Promise<TestReceiver> {
  const arrived: Arrived[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers, rawHeaders } = request;
    const sessionId = String(headers["x-scriptix-session"] ?? "");
    const body = Buffer.concat(chunks).toString();
    const gone = new AbortController();
    request.socket.once("close", () => gone.abort(new Error("the sender is gone")));
    const wait = async (ms: number): Promise<void> => {
      if (clock === undefined) throw new Error("this receiver shares no clock");
      await clock.stall(request.socket.remotePort ?? 0, ms, gone.signal);
    };
    const number = arrived.length + 1;
    const callback = { number, method, path: url, headers, rawHeaders, body, sessionId, request, wait };
    arrived.push(callback);
    const given = await answer(callback);
    if (given === "hang") return clock === undefined ? undefined : wait(aDayMs);
    if (given === "reset") request.socket.resetAndDestroy();
    else response.writeHead(given.status ?? 200, given.headers).end(given.body ?? "");
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  closeAfterTest(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/scriptix`,
    arrived,
    stopListening: () => void server.close(),
    connections: () => new Promise((done) => server.getConnections((_error, count) => done(count))),
    close,
  };
}

/** A receiver that shares the virtual time of a target's pauses and deadlines. */
export async function sharingTime(answer: (callback: Arrived) => Answer | Promise<Answer>) {
  const clock = timeOf();
  const receiver = await startReceiver(answer, clock);
  return { receiver, clock, target: targetOf(receiver.url, { clock, deadlineClock: clock }) };
}

/** A scripted receiver and a target that share virtual time. */
export async function startScripted(...script: readonly Step[]) {
  const clock = timeOf();
  const receiver = await createScriptedReceiver({ clock, script });
  closeAfterTest(() => receiver.close());
  return { receiver, clock, target: targetOf(receiver.url, { clock, deadlineClock: clock }) };
}

/** A virtual clock that starts at 0 and is closed after the test. */
export function timeOf(): VirtualClock {
  const clock = virtualClock({ startAt: 0 });
  closeAfterTest(() => clock.close());
  return clock;
}

/** A local target whose pauses take no time; it is closed after the test. */
export function targetOf(url: string, options: Partial<Told> = {}): OpenTarget {
  const clock: Clock = options.clock ?? timeOf();
  const own = { contract: batch, seed: "seed", nonce: "nonce", local: true, maxTimeMs: 50_000 };
  const target = openTarget(planRun({ url, ...own, clock, ...options }));
  closeAfterTest(() => target.close());
  return target;
}

/** What a run of the tests is asked beside its checks. */
export type Rest = Partial<Plan> & Following;

/** Runs every check of the suites against the target. */
export function runSuites(target: OpenTarget, suites: readonly Suite[], { signal, on, ...rest }: Rest = {}) {
  const selected = new Set(suites.flatMap(({ checks }) => checks.map(({ id }) => id)));
  const lanes = rest.concurrency === undefined ? target.lanes : createLanes(rest.concurrency);
  return run({ ...target, suites, selected, ...rest, lanes }, { ...(signal && { signal }), ...(on && { on }) });
}

export const runChecks = (target: OpenTarget, checks: readonly Check[], rest?: Rest): Promise<Report> =>
  runSuites(target, suitesOf(checks), rest);

export function checkIn({ checks }: Report, id: string): ReportCheck {
  const found = checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`the report has no check ${id}`);
  return found;
}

/** `outcome reasonCode` of each check by id; the outcome alone where there is no reason. */
export function outcomesOf({ checks }: Report): Record<string, string> {
  return Object.fromEntries(
    checks.map(({ id, outcome, reasonCode }) => [id, reasonCode === null ? outcome : `${outcome} ${reasonCode}`]),
  );
}
