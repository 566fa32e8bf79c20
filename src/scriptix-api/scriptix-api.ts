import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { Contract } from "../contract/contract.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import type { DeliveryListener } from "../sender/delivery.js";
import type { Network } from "../sender/open-connection.js";
import { Callbacks } from "./callbacks.js";
import { EventLog } from "./event-log.js";
import type { ApiEvent, LoggedRequest } from "./events.js";
import { Faults, type Fault } from "./faults.js";
import { createHandlers } from "./handlers.js";
import { Jobs } from "./jobs.js";
import { createServer } from "./server.js";
import { fetchesOf, sessionIds, Sessions } from "./sessions.js";
import { Tokens } from "./tokens.js";
import { Documents } from "./documents.js";

export interface ScriptixApiOptions {
  /** Of the retry schedule of callbacks, of jobs and of stalls. @default systemClock */
  readonly clock?: Clock;
  /** Of the deadline of each callback attempt. @default systemClock */
  readonly deadlineClock?: Clock;
  /** @default the contract of batch jobs */
  readonly contract?: Contract;
  /** What events of uploads are signed with. @default none, and an upload that is to be called back is refused */
  readonly secret?: string;
  /** How callbacks reach their receiver, and how webhook hosts resolve. */
  readonly network?: Partial<Network>;
  /** Lifts the rules on callback URLs, for a receiver on this machine. @default false */
  readonly local?: boolean;
  /** The tokens that are let in; null lets every token in. @default null */
  readonly tokens?: readonly string[] | null;
  /** Milliseconds after which a job completes by itself; null: only on demand. @default 1 second */
  readonly completeAfterMs?: number | null;
  /** Stretches of speech in every session's results, for receivers that fetch by pages. @default 3 */
  readonly utterances?: number;
  /** Session ids are the same in each run. @default random ids */
  readonly seed?: string;
  /** Told of every request and whatever else happens; no event holds a token. */
  readonly log?: (event: ApiEvent) => void;
  /** Told of every callback, attempt by attempt, with the requests and their headers. */
  readonly onDelivery?: DeliveryListener;
}

/** The mock of the Scriptix API. */
export interface ScriptixApi {
  /** Starts to listen and resolves to the base URL. @default host "127.0.0.1" */
  listen(address: { readonly port: number; readonly host?: string }): Promise<string>;
  /** Ends everything: stalled answers, jobs, callbacks under way, connections. */
  close(): Promise<void>;
  /** Makes a completed session of that id that belongs to the token; nobody is called back for it. */
  register(sessionId: string, token: string): void;
  /** Completes a job and sends its callback. Throws an `ApiError` for an unknown session, or one that has ended. */
  complete(sessionId: string): void;
  /** Fails a job, which sends no callback. Throws as `complete` does. */
  fail(sessionId: string): void;
  /** Sets a fault and returns the id with which it is lifted. */
  fault(fault: Fault): string;
  /** Ends a fault; what it stalls is answered. False where there is none of that id. */
  lift(faultId: string): boolean;
  /** The latest requests, in order of arrival; an entry's `status` follows with the answer. */
  readonly requests: readonly LoggedRequest[];
  /**
   * How often the session's results were fetched: with the owner's token and a 2XX answer. The pages of one fetch
   * count once: it is how often the page was read that was read most often. State requests do not count.
   */
  fetches(sessionId: string): number;
}

/** @throws UsageError for a token that is empty. */
export function createScriptixApi(options: ScriptixApiOptions = {}): ScriptixApi {
  const { clock = systemClock, contract = defaults.contract, network = {}, local = false } = options;
  const { completeAfterMs = 1000, utterances = 3, seed = null } = options;
  for (const token of options.tokens ?? []) assertToken(token);
  const log = new EventLog(clock, options.log ?? (() => {}));
  const tokens = new Tokens(options.tokens ?? null);
  const sessions = new Sessions();
  const faults = new Faults();
  const callbacks = new Callbacks({
    contract,
    secret: options.secret ?? null,
    local,
    clock,
    deadlineClock: options.deadlineClock ?? systemClock,
    network,
    log,
    onDelivery: options.onDelivery ?? (() => {}),
  });
  const jobs = new Jobs({ clock, sessions, callbacks, log, completeAfterMs });
  const documents = new Documents(callbacks, log);
  const hasSecret = options.secret !== undefined;
  const newId = sessionIds(seed);
  const app = createServer({
    contract,
    handlers: createHandlers({
      contract,
      network,
      local,
      sessions,
      tokens,
      jobs,
      faults,
      log,
      newId,
      utterances,
      documents,
      hasSecret,
    }),
    sessions,
    tokens,
    faults,
    log,
    clock,
  });
  return {
    listen: ({ port, host = "127.0.0.1" }) => app.listen({ port, host }),
    async close() {
      await app.close();
      jobs.close();
      await callbacks.close();
    },
    register(sessionId, token) {
      assertToken(token);
      tokens.add(token);
      sessions.add({ id: sessionId, owner: token, status: "done" });
    },
    complete: (sessionId) => void jobs.complete(sessionId),
    fail: (sessionId) => void jobs.fail(sessionId),
    fault: (fault) => faults.add(fault),
    lift: (faultId) => faults.lift(faultId),
    requests: log.requests,
    fetches(sessionId) {
      const session = sessions.get(sessionId);
      return session === undefined ? 0 : fetchesOf(session);
    },
  };
}

function assertToken(token: string): void {
  if (token === "") throw new UsageError("ERR_TOKEN", "token: expected one that is not empty.");
}
