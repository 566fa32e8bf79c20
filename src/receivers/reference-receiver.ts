import { finished } from "node:stream";
import Fastify from "fastify";
import type { Clock } from "../clock/clock.js";
import { scheduledOffsetsMs, type Contract } from "../contract/contract.js";
import { sessionHeaderOf } from "../contract/message.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import { callbackSchema, decodeUtf8, idIn } from "./callback-body.js";
import { credentialCheck, type Credential } from "./credential.js";
import { signatureCheck } from "./signature-check.js";
import { createResultsClient, type FetchResults } from "./results-client.js";
import { SessionProcessor } from "./session-processor.js";

/** What the receiver tells about itself (`practice/log-callbacks`). No entry holds a credential or a token. */
export type ReceiverLogEntry =
  | { readonly event: "callback"; readonly sessionId: string; readonly decision: "accepted" | "duplicate" }
  /** `claimedSessionId` is what the session header says; whoever was refused may have made it up. */
  | { readonly event: "refused"; readonly claimedSessionId: string | null; readonly status: number }
  | { readonly event: "retrying"; readonly sessionId: string; readonly reason: string; readonly delayMs: number }
  | { readonly event: "processed"; readonly sessionId: string }
  | { readonly event: "gave-up"; readonly sessionId: string; readonly reason: string };

export interface ReferenceReceiverOptions {
  readonly clock: Clock;
  /** @default the contract of batch jobs */
  readonly contract?: Contract;
  /** What bodies are signed with, where the contract has them signed; without it no signature is asked for. */
  readonly secret?: string;
  /** @default "/webhook" */
  readonly path?: string;
  /** The custom header configured with the webhook; without it every caller is accepted. */
  readonly credential?: Credential;
  /** Where results are fetched; without it a session is processed without results. */
  readonly results?: {
    /** @default the documented address of the API */
    readonly baseUrl?: string;
    readonly token: string;
    /** Milliseconds that one request may take. @default 60 seconds */
    readonly timeoutMs?: number;
    /** Milliseconds before each further request. @default 1, 2, 5, 15, 30, 60, 120 and 300 seconds */
    readonly retryDelaysMs?: readonly number[];
  };
  /**
   * Milliseconds until a request that stalls is answered with 408, give or take a fifth. Wall time, kept by node:http.
   * @default 10 seconds, well before the sender's deadline
   */
  readonly requestTimeoutMs?: number;
  /** Milliseconds for which a processed session is remembered, where a second effect is one too many. @default twice the longest schedule */
  readonly dedupeForMs?: number;
  /** Your work. When it rejects, the next callback of the session tries again. `results` is null without an API. */
  readonly process?: (sessionId: string, results: unknown) => void | Promise<void>;
  readonly log?: (entry: ReceiverLogEntry) => void;
  /** PEM; without it the receiver speaks plain HTTP. */
  readonly https?: { readonly key: string | Buffer; readonly cert: string | Buffer };
}

export interface ReferenceReceiver {
  /** Starts to listen and resolves to the callback URL. @default host "127.0.0.1" */
  listen(address: { readonly port: number; readonly host?: string }): Promise<string>;
  /** How many times a session was really processed. */
  processed(sessionId: string): number;
  /** Closes every connection and ends background work. */
  close(): Promise<void>;
}

/** Callbacks have some hundred bytes. */
const bodyLimitBytes = 64 * 1024;

const resultsTimeoutMs = 60_000;
const resultsRetryDelaysMs = [1, 2, 5, 15, 30, 60, 120, 300].map((seconds) => seconds * 1000);

/**
 * A receiver that an integrator could copy.
 * @throws UsageError for a path, credential, token or base URL that cannot work.
 */
export function createReferenceReceiver(options: ReferenceReceiverOptions): ReferenceReceiver {
  const { clock, contract = defaults.contract, path = "/webhook", requestTimeoutMs = 10_000, log = () => {} } = options;
  const { method, contentType } = contract.request;
  const sessionHeader = sessionHeaderOf(contract.request)?.toLowerCase();
  assertPath(path);
  const isAuthorized = options.credential ? credentialCheck(options.credential) : () => true;
  const sessions = new SessionProcessor({
    clock,
    dedupeForMs: options.dedupeForMs ?? defaultDedupeForMs(contract),
    looksAgain: contract.effect === "at-least-once",
    fetchResults: resultsFor(options, contract),
    process: options.process ?? (() => {}),
    onProcessed: (sessionId) => log({ event: "processed", sessionId }),
    onGaveUp: (sessionId, reason) => log({ event: "gave-up", sessionId, reason }),
  });

  const timeouts = {
    // Node keeps no request timeout that is shorter than its headers timeout, by default a minute.
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: requestTimeoutMs / 5,
  };
  const server = { http: timeouts, https: options.https ? { ...options.https, ...timeouts } : null };
  const app = Fastify({
    ...server,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    exposeHeadRoutes: false,
    // A complete request is answered in the same turn, so this cuts off only those that are not complete.
    forceCloseConnections: true,
    // By default the number 42 would pass for the session id "42".
    ajv: { customOptions: { coerceTypes: false } },
  });

  const signature = options.secret === undefined ? null : signatureCheck(contract, options.secret);

  // Fastify's own parsers take text/plain too, and replace invalid UTF-8 instead of refusing it.
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(contentType, { parseAs: "buffer" }, (request, bytes, done) => {
    const text = decodeUtf8(bytes);
    // Over the bytes as they came, and before anything is made of them.
    if (signature?.(request.headers, bytes) === false) done(unsigned());
    else if (text === null) done(Object.assign(new Error("The body is not valid UTF-8"), { statusCode: 400 }));
    else void parseJson(request, text, done);
  });

  app.route({
    method,
    url: path,
    schema: { body: callbackSchema(contract) },
    onRequest(request, reply, done) {
      if (isAuthorized(request.headers)) done();
      // RFC 9110 §15.5.2 wants a challenge; no registered scheme stands for a header of one's own.
      else void reply.code(401).header("www-authenticate", "CustomHeader").send({ error: "Unauthorized" });
    },
    handler(request, reply) {
      // The body alone counts. The session headers only repeat it, and to refuse a callback that lost them on its
      // way would lose the session after the last attempt.
      const sessionId = idIn(contract, request.body);
      const isNew = sessions.claim(sessionId);
      log({ event: "callback", sessionId, decision: isNew ? "accepted" : "duplicate" });
      // After the answer, or when the sender is gone before it: what was claimed is always processed.
      if (isNew) finished(reply.raw, () => sessions.start(sessionId));
      void reply.send({ received: true });
    },
  });

  app.route({
    method: app.supportedMethods.filter((other) => other !== method),
    url: path,
    // Ahead of the body, whatever it may be.
    onRequest(_request, reply) {
      void reply.code(405).header("allow", method).send({ error: "Method Not Allowed" });
    },
    handler() {},
  });

  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "Not Found" }));
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const status = error.statusCode ?? 500;
    // The message of a failure of our own may tell how the service is built.
    return reply.code(status).send({ error: status < 500 ? error.message : "Internal Server Error" });
  });
  app.addHook("onResponse", (request, reply, done) => {
    const claimed = sessionHeader === undefined ? null : request.headers[sessionHeader];
    const claimedSessionId = typeof claimed === "string" ? claimed : null;
    if (reply.statusCode >= 400) log({ event: "refused", claimedSessionId, status: reply.statusCode });
    done();
  });

  return {
    async listen({ port, host = "127.0.0.1" }) {
      return new URL(path, await app.listen({ port, host })).href;
    },
    processed: (sessionId) => sessions.processed(sessionId),
    async close() {
      await app.close();
      await sessions.close();
    },
  };
}

const unsigned = (): Error => Object.assign(new Error("Unauthorized"), { statusCode: 401 });

/**
 * Longer than the documented sender can go on with one callback: to its last attempt, every attempt timing out and
 * its time added (where delays are counted from the end of an attempt), and the same again as margin.
 * @internal
 */
export function defaultDedupeForMs(contract: Contract): number {
  const offsets = scheduledOffsetsMs(contract);
  return 2 * ((offsets.at(-1) ?? 0) + offsets.length * contract.response.deadlineMs);
}

function resultsFor({ clock, results, log }: ReferenceReceiverOptions, contract: Contract): FetchResults {
  if (!results || contract.results === null) return () => Promise.resolve(null);
  return createResultsClient({
    clock,
    path: contract.results.path,
    baseUrl: results.baseUrl ?? contract.results.baseUrl,
    token: results.token,
    timeoutMs: results.timeoutMs ?? resultsTimeoutMs,
    retryDelaysMs: results.retryDelaysMs ?? resultsRetryDelaysMs,
    onRetry: (sessionId, reason, delayMs) => log?.({ event: "retrying", sessionId, reason, delayMs }),
  });
}

/** Fastify gives `:`, `*` and `(` a meaning in a route. */
function assertPath(path: string): void {
  if (/^\/(?:[\w\-.~!$&'+,;=@]+\/)*[\w\-.~!$&'+,;=@]*$/.test(path)) return;
  throw new UsageError(
    "ERR_RECEIVER_PATH",
    `path: expected a plain URL path such as "/webhook", got ${JSON.stringify(path)}.`,
  );
}
