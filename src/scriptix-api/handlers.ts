import type { Contract } from "../contract/contract.js";
import { ApiError } from "./api-error.js";
import type { OperationId } from "./endpoints.js";
import type { EventLog } from "./event-log.js";
import type { Fault, Faults } from "./faults.js";
import type { Jobs } from "./jobs.js";
import { openApiDocument } from "./openapi.js";
import { pageKey, resultsOf, type PageQuery } from "./results.js";
import { countRead, type Session, type Sessions, type SessionStatus } from "./sessions.js";
import { subtitlesOf, subtitleTypeOf } from "./subtitles.js";
import type { Tokens } from "./tokens.js";
import { judgeWebhook, type Webhook, type WebhookRequest, type WebhookRules } from "./webhook.js";
import { document } from "../contract/document.js";
import { signed } from "../contract/signed.js";
import type { Change, Documents } from "./documents.js";

/** A request that has been let in; its parts have been validated. */
export interface Admitted {
  readonly token: string | null;
  /** Of a request for state or results: never missing there. */
  readonly session: Session | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  /** The Accept header. */
  readonly accept: string;
}

/** Answers with JSON, or throws an `ApiError`. */
export type Handler = (request: Admitted) => unknown;

export interface HandlersOptions extends WebhookRules {
  readonly contract: Contract;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly jobs: Jobs;
  readonly faults: Faults;
  readonly log: EventLog;
  readonly newId: () => string;
  readonly utterances: number;
  readonly documents: Documents;
  /** Whether signed events can be signed. */
  readonly hasSecret: boolean;
}

interface FormatQuery extends PageQuery {
  readonly format?: string;
  readonly max_line_length?: number;
  readonly max_line_words?: number;
}

type SessionRequest = WebhookRequest & { readonly media_source?: string };

export function createHandlers(options: HandlersOptions): Readonly<Record<OperationId, Handler>> {
  const { contract, sessions, tokens, jobs, faults, log, newId, utterances, documents } = options;

  async function startSession({ token, body }: Admitted) {
    const request = body as SessionRequest;
    const webhook = await judgeWebhook(request, options);
    const filename = request.media_source?.split(/[?#]/)[0]?.split("/").at(-1) || null;
    return stateOf(begun({ id: newId(), owner: token ?? "", status: "new", filename, webhook }));
  }

  async function startTranscription({ token, body }: Admitted) {
    const { webhook_url } = body as { readonly webhook_url?: string };
    const webhook = await judgeWebhook(webhook_url === undefined ? {} : { webhook_url }, options);
    if (webhook !== null && !options.hasSecret) {
      throw new ApiError(422, {
        field: "webhook_url",
        issue: "events are signed, and no secret is known: see --secret",
      });
    }
    const called = webhook && { ...webhook, contract: signed };
    const id = `${signed.subject.idPrefix}${newId()}`;
    const session = begun({ id, owner: token ?? "", status: "new", filename: null, webhook: called });
    return { id: session.id, status: session.status };
  }

  function begun(started: Parameters<Sessions["add"]>[0] & { readonly webhook: Webhook | null }): Session {
    const { webhook } = started;
    tokens.add(started.owner);
    const session = sessions.add(started);
    log.tell({
      event: "session-started",
      sessionId: session.id,
      webhookUrl: webhook === null ? null : tokens.redact(webhook.url.display),
      droppedHeaders: webhook?.droppedHeaders ?? [],
    });
    jobs.start(session);
    return session;
  }

  async function addWebhook({ params: { customer = "" }, body }: Admitted) {
    const { url, headers = [] } = body as { readonly url: string; readonly headers?: readonly string[] };
    const rules = { ...options, contract: document };
    const webhook = await judgeWebhook({ webhook_url: url, webhook_headers: headers }, rules);
    if (webhook === null) throw new ApiError(422, { field: "url", issue: "expected a URL" });
    return documents.register(customer, webhook);
  }

  const change =
    (how: Change) =>
    ({ params: { sessionId = "", documentId } }: Admitted) =>
      documents.change(sessionId, documentId ?? newId(), how);

  function results({ session, query }: Admitted) {
    if (session?.status !== "done") {
      const issue = session?.status === "failed" ? "the job has failed" : "the job has not completed yet";
      throw new ApiError(409, { field: "session_id", issue });
    }
    const page = query as PageQuery;
    const answer = resultsOf(session, page, utterances);
    countRead(session, pageKey(page));
    return answer;
  }

  function resultsInAnyFormat(admitted: Admitted) {
    const { session, query, accept } = admitted;
    const { format, max_line_length: longest, max_line_words: words } = query as FormatQuery;
    const type = subtitleTypeOf(format, accept);
    const json = results(admitted);
    if (type === null || session === undefined) return json;
    return subtitlesOf(type, utterances, longest, words);
  }

  function eraseSession({ session }: Admitted) {
    if (session === undefined) throw new ApiError(404, { field: "session_id", issue: "there is no such session" });
    sessions.erase(session.id);
    return stateOf(session);
  }

  function liftFault({ params: { faultId = "" } }: Admitted) {
    if (!faults.lift(faultId)) throw new ApiError(404, { field: "faultId", issue: "there is no such fault" });
    return { lifted: 1 };
  }

  return {
    startSession,
    startTranscription,
    listWebhooks: ({ params: { customer = "" }, query }) => documents.list(customer, query as object),
    getWebhook: ({ params: { customer = "", webhook = "" } }) => documents.get(customer, webhook),
    addWebhook,
    createDocument: change("created"),
    updateDocument: change("updated"),
    deleteDocument: change("deleted"),
    getSession: ({ session }) => session && stateOf(session, faults.hidesResultsOf(session.id)),
    getSessionResult: results,
    getBatchSessionResults: results,
    getSpeechToTextSession: resultsInAnyFormat,
    eraseSession,
    completeSession: ({ params: { sessionId = "" } }) => stateOf(jobs.complete(sessionId)),
    failSession: ({ params: { sessionId = "" } }) => stateOf(jobs.fail(sessionId)),
    addFault: ({ body }) => ({ id: faults.add(body as Fault) }),
    liftFaults: () => ({ lifted: faults.liftAll() }),
    liftFault,
    getLog: () => ({ requests: log.requests, events: log.events }),
    getDescription: () => openApiDocument(contract),
  };
}

function stateOf({ id, status }: Session, hidesResults = false) {
  const shown: SessionStatus | "running" = hidesResults && status === "done" ? "running" : status;
  return { result: { session_id: id, status: shown } };
}
