import type { MessagePort } from "node:worker_threads";

/** What a thread of the app and the one that has started it tell each other, beside what the app has them tell. */

/** Whether it is at rest is asked in rounds; what is due by now is done before the answer. */
export interface ToThread {
  readonly round: number;
}

export type FromThread =
  | {
      readonly kind: "rest";
      readonly round: number;
      /** Of it and of those that it has started; milliseconds since the Unix epoch. */
      readonly nextDue: number | null;
      /** How often something came up in it so far that nobody asked for. */
      readonly stirs: number;
    }
  /** It was at rest, and something came up. */
  | { readonly kind: "busy" }
  | ThreadNews;

/** What is for the harness, by way of the thread that has started it. */
export type ThreadNews =
  | { readonly kind: "printed"; readonly text: string }
  | { readonly kind: "waits"; readonly what: string }
  | { readonly kind: "own-time"; readonly name: string }
  | { readonly kind: "child"; readonly pid: number; readonly isAlive: boolean };

/** Stands in the place of what the app gives a thread of its own as `workerData`. */
export interface ThreadStart {
  readonly [mark]: true;
  readonly workerData: unknown;
  readonly port: MessagePort;
  /** When the app was started, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** As in `AppStart`. */
  readonly pulse: SharedArrayBuffer;
  readonly jumps: SharedArrayBuffer;
  /** What it prints is the app's; otherwise the app reads its streams itself. */
  readonly prints: boolean;
  /** Two numbers of 64 bits; see `blocking`. */
  readonly blocking: SharedArrayBuffer;
}

export const mark = "webhook-conformance:thread";

/** Where in what is told of a thread that blocks in `Atomics.wait` stands what. */
export const blocking = {
  /** Until when it waits, in milliseconds since the Unix epoch; `notAtAll`, or `forGood` where it does not say. */
  until: 0,
  /** How often it has gone on. */
  wakes: 1,
  length: 2,
  notAtAll: -1n,
  forGood: 2n ** 62n,
} as const;
