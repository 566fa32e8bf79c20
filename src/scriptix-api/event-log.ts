import { cutTo } from "../cut.js";
import type { Clock } from "../clock/clock.js";
import type { ApiEvent, LoggedRequest } from "./events.js";

/** The latest so many of each are kept. */
const keptEntries = 10_000;

/** Characters of a request target that are kept. */
const longestTarget = 4096;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** An event without its time. */
export type Happening = ApiEvent extends infer Event ? (Event extends ApiEvent ? Omit<Event, "time"> : never) : never;

/** What happened, in order: requests as they arrived, and everything else. */
export class EventLog {
  readonly requests: LoggedRequest[] = [];
  readonly events: ApiEvent[] = [];
  readonly #clock: Clock;
  readonly #listener: (event: ApiEvent) => void;

  constructor(clock: Clock, listener: (event: ApiEvent) => void) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Enters a request that has arrived; whoever answers it says how. */
  arrived(
    request: Pick<LoggedRequest, "method" | "target" | "sessionId" | "authorization" | "undocumented">,
  ): Mutable<LoggedRequest> {
    const { target } = request;
    const shown = cutTo(longestTarget, target);
    const entry = { time: this.#clock.now(), ...request, target: shown, status: null, fault: null };
    keep(this.requests, entry);
    return entry;
  }

  /** The request is over, with an answer or without. */
  ended(request: LoggedRequest): void {
    this.#listener({ time: this.#clock.now(), event: "request", request });
  }

  tell(happening: Happening): void {
    const event = { time: this.#clock.now(), ...happening } as ApiEvent;
    keep(this.events, event);
    this.#listener(event);
  }
}

function keep<T>(entries: T[], entry: T): void {
  entries.push(entry);
  if (entries.length > keptEntries) entries.shift();
}
