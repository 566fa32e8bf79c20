/* oxlint-disable no-restricted-globals, unicorn/require-post-message-target-origin -- the app's thread is a process of its own; a port has no origin */
import { syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";
import workerThreads from "node:worker_threads";
import { pulse } from "../messages.js";
import { movedThreadFiles } from "../worker-file.js";
import { tellBlocked } from "./blocked.js";
import { earliest } from "./earliest.js";
import { Jumps } from "./jumps.js";
import { moveThread, type MovedThread } from "./move-thread.js";
import { takePrinted, takeWritten } from "./printed.js";
import { setTimeout } from "./real-time.js";
import { mark, type FromThread, type ThreadStart, type ToThread } from "./thread-messages.js";

// Loaded before anything else in each thread that an app starts, so that it lives on the app's clock. It is loaded by
// `require`, which a thread of a text has as well, so nothing here may be waited for.

/** Then it was wrong to take it for one that ends. In milliseconds. */
const endsWithinMs = 100;

const start = workerThreads.workerData as ThreadStart | null;
if (start?.[mark] === true) follow(start);

function follow({ workerData, port, startedAt, pulse: buffer, jumps, prints, blocking }: ThreadStart): void {
  Object.assign(workerThreads, { workerData });
  syncBuiltinESMExports();
  // What is started as this process was, would load it too.
  const own = new Set(movedThreadFiles().map((each) => fileURLToPath(each)));
  process.execArgv = process.execArgv.filter((arg, index, all) => !own.has(arg) && !own.has(all[index + 1] ?? ""));
  const beat = new BigInt64Array(buffer);
  const now = (): number => Number(Atomics.load(beat, pulse.now));
  const tell = (message: FromThread): void => port.postMessage(message);
  const print = (text: string): void => tell({ kind: "printed", text });
  const endLines = prints ? takePrinted(print) : takeWritten(print);
  process.on("exit", endLines);
  let round: number | null = null;
  let stirs = 0;
  let late: NodeJS.Timeout | undefined;
  /** Nothing keeps it alive any more: whoever waits for its end is not to be told that it is at rest. */
  const isEnding = (): boolean =>
    !moved.time.keepsAlive() &&
    moved.threads.isEmpty() &&
    process.getActiveResourcesInfo().every((type) => type === "Immediate");

  const moved: MovedThread = moveThread({
    startedAt,
    follows: now,
    pulse: buffer,
    jumps: new Jumps(jumps),
    tell,
    looked: () => void Atomics.add(beat, pulse.looks, 1n),
    stirred: () => (stirs += 1),
    woken() {
      if (round === null) tell({ kind: "busy" });
    },
    goOn() {
      const { time, threads } = moved;
      late?.close();
      const due = earliest(time.nextDue(), threads.nextDue());
      if (due !== null && due <= now()) {
        stirs += 1;
        if (time.nextDue() === due) moved.fire();
        else threads.disturb();
        return true;
      }
      endLines();
      if (time.keepsAlive()) port.ref();
      else port.unref();
      const answer = (): void => {
        if (round !== null) tell({ kind: "rest", round, nextDue: due, stirs });
        round = null;
      };
      if (isEnding()) late = setTimeout(answer, endsWithinMs).unref();
      else answer();
      return false;
    },
  });
  tellBlocked(new BigInt64Array(blocking), now);
  port.on("message", (message: ToThread) => {
    moved.inFlight.isOurs();
    ({ round } = message);
    moved.quiescence.stir();
  });
  port.unref();
}
