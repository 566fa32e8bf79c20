import type { Loaders } from "./worker-file.js";

/** What the main thread and the app's thread tell each other. */

/** Each comes with the scenario's time, to which the app's clock is brought before anything else. */
export type ToApp = { readonly now: number } &
  /** Before the moment given nothing will come from here, so that the app may go on to that by itself. */
  (
    | { readonly kind: "advance"; readonly clearUntil: number }
    | { readonly kind: "open"; readonly connection: number }
    | { readonly kind: "bytes"; readonly connection: number; readonly bytes: Uint8Array }
    /** The sender will send no more. */
    | { readonly kind: "end"; readonly connection: number }
    /** The sender is gone. */
    | { readonly kind: "closed"; readonly connection: number; readonly reset: boolean }
    /** Of what the app wrote, one message more has left. */
    | { readonly kind: "written"; readonly connection: number }
    | {
        readonly kind: "count";
        readonly question: number;
        readonly sessionId: string;
        readonly documentId: string;
      }
  );

/** Each comes with the app's time. It may be ahead of the scenario's, where nothing happened meanwhile. */
export type FromApp = { readonly at: number } & FromAppContent;

export type FromAppContent =
  | { readonly kind: "loaded"; readonly tellsProcessed: boolean }
  /** It cannot be used; the reason is a clause that a message can end with. */
  | { readonly kind: "unusable"; readonly reason: string }
  /** Something came up of itself, such as an answer that the app no longer counted on. */
  | { readonly kind: "busy" }
  /** It waits for messages, or for its next timer. */
  | {
      readonly kind: "idle";
      /** How many messages it has dealt with. */
      readonly received: number;
      /** Milliseconds since the Unix epoch. */
      readonly nextDue: number | null;
    }
  | { readonly kind: "bytes"; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: "end" | "destroy" | "reset"; readonly connection: number }
  | { readonly kind: "printed"; readonly text: string }
  | {
      readonly kind: "answered-late";
      readonly sessionId: string;
      readonly arrival: number;
      readonly status: number;
    }
  /** What it was waited for, for a second in all; for people. */
  | { readonly kind: "waits"; readonly what: string }
  /** Something that keeps a time of its own was met; for people, by its name. */
  | { readonly kind: "own-time"; readonly name: string }
  /** A process that the app has started, or that has ended. */
  | { readonly kind: "child"; readonly pid: number; readonly isAlive: boolean }
  | { readonly kind: "counted"; readonly question: number; readonly count: number }
  | { readonly kind: "uncounted"; readonly question: number; readonly reason: string };

/** Where in the pulse stands what. */
export const pulse = {
  /** Turns of the app's event loop: who sees it stand still knows that the loop is blocked. */
  turns: 0,
  /** The app's time, which is known also when the app has ended without a word. */
  now: 1,
  /** How often the app has asked for the time. */
  looks: 2,
  length: 3,
} as const;

/** What the app's thread is started with. */
export interface AppStart {
  readonly loaders: Loaders;
  readonly fileUrl: string;
  readonly now: number;
  /** Name of the header that carries the session id, in lower case. */
  /** Lower case; null where callbacks name their session in their body alone. */
  readonly sessionHeader: string | null;
  /** Three numbers of 64 bits, kept up to date by the app's thread; see `pulse`. */
  readonly pulse: SharedArrayBuffer;
}

/** Without its time. */
export type ToAppContent = ToApp extends infer Message
  ? Message extends unknown
    ? Omit<Message, "now">
    : never
  : never;

/** What the thread of an app that is served in wall time is started with. */
export type ServedAppStart = Pick<AppStart, "loaders" | "fileUrl">;

/** A question how often a session was processed. */
export interface ToServedApp {
  readonly question: number;
  readonly sessionId: string;
  readonly documentId: string;
}

export type FromServedApp =
  | { readonly kind: "serves"; readonly port: number; readonly tellsProcessed: boolean }
  | { readonly kind: "unusable"; readonly reason: string }
  | { readonly kind: "counted"; readonly question: number; readonly count: number }
  | { readonly kind: "uncounted"; readonly question: number; readonly reason: string };
