import { Ajv2020 } from "ajv/dist/2020.js";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import { assertMayControl } from "./control-guard.js";
import { ApiError, asApiError, errorBody } from "./api-error.js";
import { endpoints, type Endpoint, type OperationId } from "./endpoints.js";
import type { EventLog } from "./event-log.js";
import type { Faults } from "./faults.js";
import type { Admitted, Handler } from "./handlers.js";
import { meetFault } from "./meet-fault.js";
import type { Session, Sessions } from "./sessions.js";
import { Subtitles } from "./subtitles.js";
import { tokenOf, type Tokens } from "./tokens.js";
import { formFields, formLimitBytes } from "./form.js";

export interface ServerOptions {
  readonly contract: Contract;
  /** Of stalls. */
  readonly clock: Clock;
  readonly handlers: Readonly<Record<OperationId, Handler>>;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly log: EventLog;
}

/** Some hundred bytes are usual. */
const bodyLimitBytes = 64 * 1024;

/** Longer than any session id, percent-encoded. */
const longestParameter = 4096;

/** The schemas are our own and a test holds them against the meta schema, which takes longer to compile than all of them. */
const trusting = { meta: false, validateSchema: false } as const;

/** Only text is turned into numbers: in JSON, "7" is not 7. They keep what they have compiled. */
const forJson = new Ajv2020(trusting);
const forText = new Ajv2020({ ...trusting, coerceTypes: true });

/** What is known of a request from its arrival on. */
interface Arrival {
  readonly entry: ReturnType<EventLog["arrived"]>;
  readonly token: string | null;
  readonly session: Session | undefined;
}

/** The HTTP side: routes, validation, who is let in, errors in the documented shape, and the log of requests. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { handlers, sessions, tokens, faults, log, clock } = options;
  const arrivals = new WeakMap<FastifyRequest["raw"], Arrival>();

  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: longestParameter, ignoreTrailingSlash: true },
    frameworkErrors(error, request, reply) {
      arrive(request, reply);
      fail(error, reply);
    },
    clientErrorHandler(_error, socket) {
      if (!socket.writable) return;
      const body = JSON.stringify(errorBody(new ApiError(400, { field: "request", issue: "is not HTTP/1.1" })));
      const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
      socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
    },
  });

  app.setValidatorCompiler<object>(({ schema, httpPart }) => (httpPart === "body" ? forJson : forText).compile(schema));
  app.removeContentTypeParser("text/plain");
  app.addContentTypeParser<Buffer>(
    "multipart/form-data",
    { parseAs: "buffer", bodyLimit: formLimitBytes },
    (request, body, done) => {
      if (request.routeOptions.config.takesForm === true) {
        done(null, formFields(request.headers["content-type"] ?? "", body));
      } else done(new ApiError(415, { field: "Content-Type", issue: "expected application/json" }));
    },
  );

  function arrive(request: FastifyRequest, reply: FastifyReply): void {
    const { sessionId = null } = (request.routeOptions?.config?.namesSession ? request.params : {}) as {
      sessionId?: string;
    };
    const given = tokenOf(request.headers);
    const token = given?.token ?? null;
    const session = sessionId === null ? undefined : sessions.get(sessionId);
    const own = session !== undefined && session.owner === token;
    const entry = log.arrived({
      method: request.method,
      target: tokens.redact(request.raw.url ?? ""),
      sessionId,
      authorization: token === null ? "none" : own ? "owner" : "other",
      undocumented: given?.undocumented ?? null,
    });
    arrivals.set(request.raw, { entry, token, session });
    reply.raw.once("close", () => {
      if (reply.raw.writableFinished) entry.status ??= reply.statusCode;
      log.ended(entry);
    });
  }

  function arrivalOf(request: FastifyRequest): Arrival {
    const arrival = arrivals.get(request.raw);
    if (arrival === undefined) throw new Error("a request is answered that never arrived");
    return arrival;
  }

  function admit(request: FastifyRequest, kind: Endpoint["kind"]): void {
    const { token, session } = arrivalOf(request);
    if (token === null) throw unauthorized("expected a token, got none");
    if (!tokens.accepts(token)) throw unauthorized("is not a known token");
    if (kind === "start" || kind === "management") return;
    if (session === undefined) throw new ApiError(404, { field: "session_id", issue: "there is no such session" });
    if (session.owner !== token) {
      throw new ApiError(403, { field: "Authorization", issue: "another token created this session" });
    }
  }

  function fail(error: Error, reply: FastifyReply): void {
    const known = asApiError(error);
    if (known === null) log.tell({ event: "internal-error", message: error.message });
    const shown = known ?? new ApiError(500, { field: "request", issue: "the mock itself has failed" });
    void reply.code(shown.status).headers(shown.headers).send(errorBody(shown));
  }

  app.addHook("onRequest", async (request, reply) => arrive(request, reply));
  // Before the answer leaves, so that whoever has it finds it in the log.
  app.addHook("onSend", async (request, reply) => {
    arrivalOf(request).entry.status = reply.statusCode;
  });
  app.setErrorHandler<Error>((error, _request, reply) => fail(error, reply));
  app.setNotFoundHandler(() => {
    throw new ApiError(404, { field: "path", issue: "there is nothing at this path" });
  });

  for (const endpoint of endpoints) {
    const { kind, method, body, query, success, operationId } = endpoint;
    app.route({
      method,
      url: routeOf(endpoint),
      config: { namesSession: namesSession(endpoint), takesForm: endpoint.takesForm === true },
      schema: { ...(body && { body }), ...(query && { querystring: query }) },
      ...(endpoint.takesForm === true && { bodyLimit: formLimitBytes }),
      async onRequest(request, reply) {
        const { entry } = arrivalOf(request);
        const isForm = (request.headers["content-type"] ?? "").toLowerCase().startsWith("multipart/form-data");
        if (endpoint.takesForm === true && !isForm) {
          throw new ApiError(415, { field: "Content-Type", issue: "expected multipart/form-data" });
        }
        if (kind === "state" || kind === "results") {
          const fault = faults.take(entry.sessionId ?? "", kind);
          entry.fault = fault?.kind ?? null;
          if (fault !== null) await meetFault(fault, request, reply, clock);
        }
        if (kind === "control") assertMayControl(request, tokens, options.contract);
        else if (!reply.sent) admit(request, kind);
      },
      async handler(request, reply) {
        const { token, session, entry } = arrivalOf(request);
        const { params, query, body } = request as Pick<Admitted, "params" | "query" | "body">;
        const { accept = "" } = request.headers;
        const answer = await handlers[operationId]({ token, session, params, query, body, accept });
        if (kind === "start") entry.authorization = "owner";
        if (answer instanceof Subtitles) return reply.code(success.status).type(answer.type).send(answer.text);
        return reply.code(success.status).send(answer);
      },
    });
  }

  for (const url of new Set(endpoints.map(routeOf))) {
    const here = endpoints.filter((endpoint) => routeOf(endpoint) === url);
    const allowed = here.map(({ method }) => method);
    app.route({
      method: app.supportedMethods.filter((method) => !allowed.some((other) => other === method)),
      url,
      config: { namesSession: here.some(namesSession) },
      // Ahead of the body, whatever it may be.
      async onRequest() {
        const issue = `expected ${allowed.join(" or ")}`;
        throw new ApiError(405, { field: "method", issue }, { Allow: allowed.join(", ") });
      },
      handler() {},
    });
  }
  return app;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** The path has the id of a session whose state or results it stands for. */
    namesSession?: boolean;
    takesForm?: boolean;
  }
}

const namesSession = ({ kind }: Endpoint): boolean => kind === "state" || kind === "results" || kind === "erasure";

/** `{name}` is `:name` to Fastify. */
const routeOf = ({ path }: Endpoint): string => path.replace(/\{(\w+)\}/g, ":$1");

function unauthorized(issue: string): ApiError {
  // RFC 9110 §15.5.2 wants a challenge.
  return new ApiError(401, { field: "Authorization", issue }, { "WWW-Authenticate": "Bearer" });
}
