/* oxlint-disable no-restricted-globals -- the app's thread is a process of its own */
import type { Server } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { pulse, type AppStart, type FromApp, type FromAppContent, type ToApp } from "../messages.js";
import { watchArrivals } from "./arrivals.js";
import { BridgedSocket } from "./bridged-socket.js";
import { earliest } from "./earliest.js";
import { Jumps } from "./jumps.js";
import { loadApp, type LoadedApp } from "./load-app.js";
import { moveThread, type MovedThread } from "./move-thread.js";
import { OwnServers } from "./own-servers.js";
import { pretendListening } from "./pretended-listening.js";
import { takePrinted } from "./printed.js";
import { wallDate } from "./real-time.js";
import { registerLoaders } from "./register-loaders.js";

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
await registerLoaders(start.loaders);

const jumps = new Jumps();
jumps.add(wallDate(), start.now);
const { time, threads, quiescence, fire }: MovedThread = moveThread({
  startedAt: start.now,
  pulse: start.pulse,
  jumps,
  tell,
  goOn,
  woken: () => tell({ kind: "busy" }),
  moved(now) {
    Atomics.store(beat, pulse.now, BigInt(now));
    jumps.add(wallDate(), now);
  },
  turned: () => void Atomics.add(beat, pulse.turns, 1n),
  looked: () => void Atomics.add(beat, pulse.looks, 1n),
});
const endLines = takePrinted((text) => post({ kind: "printed", text }));
const ownServers = new OwnServers();
pretendListening((server, at) => ownServers.add(server, at));
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

const misused = ({ message: reason }: Error): void => post({ kind: "unusable", reason });
void loadApp(start.fileUrl, ownServers, misused).then((app) => {
  ({ server, processed } = app);
  watchArrivals(server, start.sessionHeader, (late) => post({ kind: "answered-late", ...late }));
  announce = () => post({ kind: "loaded", tellsProcessed: processed !== null });
  quiescence.stir();
}, misused);

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
  const due = earliest(time.nextDue(), threads.nextDue());
  if (due !== null && (due <= until || due < clearUntil)) {
    if (time.nextDue() === due) fire();
    else time.moveTo(due);
    return true;
  }
  time.moveTo(until);
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
