/* oxlint-disable no-restricted-globals -- the app's thread is a process of its own */
import type { Server } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { pulse, type AppStart, type FromApp, type FromAppContent, type ToApp } from "../messages.js";
import { BridgedSocket } from "./bridged-socket.js";
import { watchChildren } from "./children.js";
import { installFakeTime } from "./fake-time.js";
import { FileTimes } from "./file-times.js";
import { InFlight } from "./in-flight.js";
import { loadApp, type LoadedApp } from "./load-app.js";
import { watchOwnTime } from "./own-time.js";
import { PeerWaits } from "./peer-waits.js";
import { pretendListening } from "./pretended-listening.js";
import { takePrinted } from "./printed.js";
import { Quiescence } from "./quiescence.js";
import { takeSocketTimeouts } from "./socket-timeouts.js";
import { ThreadWaits } from "./thread-waits.js";
import { watchArrivals } from "./arrivals.js";

/** One that no system gives out, so that the same is printed in each run, and no process is met by a signal. */
const processId = 2 ** 22 + 1;

const start = workerData as AppStart;
const beat = new BigInt64Array(start.pulse);
Atomics.store(beat, pulse.now, BigInt(start.now));
const queue: ToApp[] = [];
const sockets = new Map<number, BridgedSocket>();
let received = 0;
/** Up to here time may go on without the scenario's clock. */
let clearUntil = -Infinity;
let server: Server | null = null;
/** What there is to tell once the app has come to rest for the first time. */
let announce: (() => void) | null = null;
let processed: LoadedApp["processed"] = null;

// Before time is faked: they run on the harness's side.
for (const loader of start.loaders) ((await import(loader)) as { register(): unknown }).register();

const files = new FileTimes(start.now);
const time = installFakeTime(
  start.now,
  () => quiescence.stir(),
  (now) => files.moved(now),
  () => Atomics.add(beat, pulse.looks, 1n),
);
const inFlight = new InFlight(() => quiescence.stir());
const threads = new ThreadWaits();
const quiescence: Quiescence = new Quiescence({
  inFlight,
  peers: new PeerWaits(),
  threads,
  goOn,
  woken: () => tell({ kind: "busy" }),
  waits: (what) => tell({ kind: "waits", what }),
  turned: () => Atomics.add(beat, pulse.turns, 1n),
});
const endLines = takePrinted((text) => post({ kind: "printed", text }));
watchOwnTime((name) => tell({ kind: "own-time", name }), threads);
watchChildren((pid, isAlive) => tell({ kind: "child", pid, isAlive }));
takeSocketTimeouts();
files.install();
pretendListening();
Object.defineProperty(process, "pid", { value: processId });
process.on("exit", endLines);

parentPort?.on("message", (message: ToApp) => {
  quiescence.stir();
  clearUntil = -Infinity;
  if (message.kind === "written") {
    // Waits for nothing: what streams its answer may have something in flight that waits for this.
    received += 1;
    sockets.get(message.connection)?.receiveWritten();
  } else queue.push(message);
});

void loadApp(start.fileUrl).then(
  (app) => {
    ({ server, processed } = app);
    watchArrivals(server, start.sessionHeader, (late) => post({ kind: "answered-late", ...late }));
    announce = () => post({ kind: "loaded", tellsProcessed: processed !== null });
    quiescence.stir();
  },
  (error: Error) => post({ kind: "unusable", reason: error.message }),
);

function post(content: FromAppContent): void {
  quiescence.stir();
  tell(content);
  // What is no mere remark may have consequences on the other side.
  if (content.kind !== "printed" && content.kind !== "answered-late") clearUntil = -Infinity;
}

function tell(content: FromAppContent): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  parentPort?.postMessage({ ...content, at: time.now() } satisfies FromApp);
}

/** Fires what is due by the time of the next message, one at a time, then takes the message. */
function goOn(): boolean {
  const until = queue[0]?.now ?? time.now();
  const due = time.nextDue();
  if (due !== null && (due <= until || due < clearUntil)) {
    fire();
    return true;
  }
  time.moveTo(until);
  Atomics.store(beat, pulse.now, BigInt(time.now()));
  const message = queue.shift();
  if (message !== undefined) {
    received += 1;
    take(message);
    return true;
  }
  if (announce !== null) {
    announce();
    announce = null;
    return true;
  }
  endLines();
  tell({ kind: "idle", received, nextDue: due });
  return false;
}

function fire(): void {
  Atomics.store(beat, pulse.now, BigInt(time.nextDue() ?? time.now()));
  try {
    time.fireNext();
  } catch (error) {
    // As with Node's own timers: for whoever handles uncaught exceptions, or else the end.
    queueMicrotask(() => {
      throw error;
    });
  }
}

function take(message: ToApp): void {
  switch (message.kind) {
    case "advance":
      clearUntil = message.clearUntil;
      return;
    case "written":
      return;
    case "open":
      return open(message.connection);
    case "bytes":
      return sockets.get(message.connection)?.receive(message.bytes);
    case "end":
      return sockets.get(message.connection)?.receiveEnd();
    case "closed":
      return sockets.get(message.connection)?.receiveClose(message.reset);
    case "count":
      return void count(message.question, message.sessionId, message.documentId);
  }
}

function open(connection: number): void {
  const socket = new BridgedSocket(connection, post);
  sockets.set(connection, socket);
  socket.on("error", () => {});
  socket.once("close", () => sockets.delete(connection));
  server?.emit("connection", socket);
}

async function count(question: number, sessionId: string, documentId: string): Promise<void> {
  try {
    const count = Number(await processed?.(sessionId, documentId));
    post({ kind: "counted", question, count });
  } catch (error) {
    post({ kind: "uncounted", question, reason: error instanceof Error ? error.message : String(error) });
  }
}
