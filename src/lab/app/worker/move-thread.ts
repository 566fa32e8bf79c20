/* oxlint-disable no-restricted-globals -- the app's thread is a process of its own */
import { Children } from "./children.js";
import { Datagrams } from "./datagrams.js";
import { installFakeTime, type FakeTime, type FakeTimeOptions } from "./fake-time.js";
import { FileTimes } from "./file-times.js";
import { InFlight } from "./in-flight.js";
import type { Jumps } from "./jumps.js";
import { watchOwnTime } from "./own-time.js";
import { PeerWaits } from "./peer-waits.js";
import { Quiescence, type QuiescenceOptions } from "./quiescence.js";
import { takeSocketTimeouts } from "./socket-timeouts.js";
import type { ThreadNews } from "./thread-messages.js";
import { Threads } from "./threads.js";

/** One that no system gives out, so that the same is printed in each run, and no process is met by a signal. */
const processId = 2 ** 22 + 1;

export interface MoveThreadOptions
  extends Pick<QuiescenceOptions, "goOn" | "woken">, Omit<FakeTimeOptions, "timerSet" | "moved"> {
  readonly pulse: SharedArrayBuffer;
  readonly jumps: Jumps;
  readonly tell: (news: ThreadNews) => void;
  /** Called when something comes up. */
  readonly stirred?: () => void;
  readonly moved?: (now: number) => void;
  readonly turned?: () => void;
}

export interface MovedThread {
  readonly time: FakeTime;
  readonly inFlight: InFlight;
  readonly threads: Threads;
  readonly quiescence: Quiescence;
  /** Fires the next timer. */
  readonly fire: () => void;
}

/** Has everything in this thread that is loaded from now on live on the app's clock. */
export function moveThread(options: MoveThreadOptions): MovedThread {
  const { startedAt, pulse, jumps, tell, stirred = () => {} } = options;
  const stir = (): void => {
    stirred();
    quiescence.stir();
  };
  const time = installFakeTime({ ...options, timerSet: () => quiescence.stir() });
  const inFlight = new InFlight(stir);
  const threads = new Threads({
    startedAt,
    pulse,
    jumps: jumps.buffer,
    now: () => time.now(),
    apart: (work) => inFlight.apart(work),
    stirred: stir,
    tell,
  });
  const met = (name: string): void => tell({ kind: "own-time", name });
  const quiescence: Quiescence = new Quiescence({
    ...options,
    inFlight,
    peers: new PeerWaits(),
    children: new Children((pid, isAlive) => tell({ kind: "child", pid, isAlive })),
    datagrams: new Datagrams(met),
    threads,
    waits: (what) => tell({ kind: "waits", what }),
  });
  watchOwnTime(met);
  takeSocketTimeouts();
  new FileTimes(jumps).install();
  Object.defineProperty(process, "pid", { value: processId });
  return {
    time,
    inFlight,
    threads,
    quiescence,
    fire() {
      try {
        time.fireNext();
      } catch (error) {
        // As with Node's own timers: for whoever handles uncaught exceptions, or else the end.
        queueMicrotask(() => {
          throw error;
        });
      }
    },
  };
}
