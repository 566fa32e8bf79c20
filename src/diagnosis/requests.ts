import type { Header } from "../sender/attempt.js";
import type { Answer } from "./answer.js";
import type { Rule } from "./cause.js";

/** body-parser, fetch's Body, Django, Starlette. */
const readTwice =
  /\bstream is not readable\b|\bstream encoding should not be set\b|\bbody (?:stream )?(?:has |is )?already (?:been )?(?:read|used|consumed)\b|\bBody is unusable\b|\bcannot access body after reading\b|(?:\bRuntimeError: |^\s*)Stream consumed\b/i;
/** What JSON.parse says of an object, which it is given as its text. */
const parsedTwice =
  /\[object Object\](?:\\?"|&quot;)? is not valid JSON|Unexpected token '?o'?,? (?:"\[object Obj|in JSON at position 1)|the JSON object must be str, bytes or bytearray, not dict/;
const leftRaw = /\{\s*"type"\s*:\s*"Buffer"\s*,\s*"data"\s*:|\ban instance of Buffer\b|\bbody is a Buffer\b/;

/** Knex, SQLAlchemy, HikariCP, Rails, Django and psycopg, Prisma, TypeORM, MySQL's and PostgreSQL's own. */
const poolUsedUp =
  /\bTimeout acquiring a connection\b|\bQueuePool limit of size\b|\bConnection is not available, request timed out\b|\bcould not obtain a (?:database )?connection from the pool\b|\bTimed out fetching a new connection from the connection pool\b|\bconnection pool exhausted\b|\btoo many (?:clients already|connections)\b|\bremaining connection slots are reserved\b|\btimeout exceeded when trying to connect\b/i;

/** SQLite, MySQL and MariaDB, PostgreSQL, SQL Server, Oracle, MongoDB, and the codes that drivers give for them. */
const writersCollide =
  /\bdatabase (?:table )?is locked\b|\bSQLITE_BUSY\b|\bDeadlock found when trying to get lock\b|\bLock wait timeout exceeded\b|\bdeadlock detected\b|\bcould not serialize access\b|\bwas deadlocked on lock\b|\bORA-00060\b|\bWriteConflict\b|\bwrite conflict\b|\bcould not obtain lock on row\b/i;

const dropsUnderscores = /\b(nginx|openresty|tengine|awselb|apache|gunicorn)\b/i;
/** Configured with the webhook: none that the sender sends by itself. */
const isCustom = ([name]: Header): boolean =>
  !/^(content-type|x-scriptix-\S*|x-zoom-session|user-agent|accept|host|content-length)$/i.test(name);
const hasUnderscore = ([name]: Header): boolean => name.includes("_");

/** What a body that could not be read is answered with. */
const isOfTheBody = (status: number): boolean => [400, 415, 422, 500].includes(status);
/** `sha256=` and the digits. */
const isSignature = ([, value]: Header): boolean => /^sha\d+=[\da-f]{32,}$/.test(value);
const refusesBody = (status: number): boolean => status === 400 || status === 422;

const isRefusal = (status: number): boolean => [400, 401, 403, 422].includes(status);

/** `Idempotency-Key header is required`, `missing header: X-Topic`, `Required request header 'X-Topic' … is not present`. */
const asksForAHeader = [
  /(?<![\w-])([a-z]+(?:-[a-z\d]+)+)["'`]? (?:http |request )?header (?:is |was )?(?:required|missing|not (?:present|set|found|given|provided))\b/i,
  /\b(?:missing|required?|requires|no|without)(?: (?:a|an|the))?(?: required)?(?: (?:http|request))?(?: header)?:? ["'`]?([a-z]+(?:-[a-z\d]+)+)(?![\w-])/i,
];

/** Which header an answer asks for that was not sent. */
function missingHeader({ body, sent }: Answer): string | null {
  const [name] = asksForAHeader.flatMap((pattern) => pattern.exec(body)?.[1] ?? []);
  // Words with a hyphen are no headers, unless they are said to be.
  if (name === undefined || !/header/i.test(body)) return null;
  return sent.some(([own]) => own.toLowerCase() === name.toLowerCase()) ? null : name;
}

/** What a receiver did not take the request for. */
export const requests: readonly Rule[] = [
  {
    id: "django-append-slash",
    shows: ({ status, body }) => status === 500 && /APPEND_SLASH set\b/.test(body),
    says: "Django has a route with a slash at the end only, and cannot redirect a {method} to it",
    fix: "Configure the callback URL with the trailing slash, or give the route without it.",
  },
  {
    id: "pool-used-up",
    shows: ({ status, body }) => status >= 500 && poolUsedUp.test(body),
    says: "all connections to the receiver's database were in use",
    fix: "Hold one only while it is needed, and give it back where the work fails too; let a request wait its turn, or take the sessions from a queue with no more workers than there are connections.",
  },
  {
    id: "handler-timed-out",
    // Go's http.TimeoutHandler, connect-timeout, Rack::Timeout.
    shows: ({ status, body }) =>
      status >= 500 &&
      /<title>Timeout<\/title>.*<h1>Timeout<\/h1>|\bServiceUnavailableError: Response timeout\b|\bRack::Timeout::Request(?:Timeout|Expiry)/s.test(
        body,
      ),
    says: "the receiver's own limit on the time of a handler was over before the handler had answered",
    fix: "Store the session in a queue that a restart does not lose, acknowledge it, and do the work from there; what takes long is not to be done before the answer.",
  },
  {
    id: "files-used-up",
    shows: ({ status, body }) => status >= 500 && /\b(?:EMFILE|ENFILE)\b|\btoo many open files\b/i.test(body),
    says: "the receiver had as many files and connections open as it may have",
    fix: "Close each file and connection when the request that opened it is done, also where it fails (finally, defer, with); lsof -p shows which of them stay. Only then raise the limit (ulimit -n).",
  },
  {
    id: "writers-collide",
    shows: ({ status, body }) => status >= 500 && writersCollide.test(body),
    says: "the receiver's database turned a transaction away for another one that ran at the same time",
    fix: "Run such a transaction once more, a few times, after a short pause that differs from time to time, and keep it short: one insert is enough. SQLite waits for its turn by itself where it is told to (PRAGMA busy_timeout = 5000, journal_mode = WAL, BEGIN IMMEDIATE).",
  },
  {
    id: "body-read-twice",
    documentedOnly: true,
    unread: true,
    shows: ({ status, body }) => isOfTheBody(status) && readTwice.test(body),
    says: "something read the body before the JSON parser did, such as a raw body parser or a signature check",
    fix: "Let one parser read the body of this path: take the raw parser away from it, or parse the JSON from the bytes that it kept.",
  },
  {
    id: "body-parsed-twice",
    documentedOnly: true,
    unread: true,
    shows: ({ status, body }) => isOfTheBody(status) && parsedTwice.test(body),
    says: "the body was parsed already, and what came of it was parsed once more",
    fix: "Use the object that the framework's body parser made, and do not call JSON.parse on it.",
  },
  {
    id: "body-left-raw",
    documentedOnly: true,
    unread: true,
    shows: ({ status, body }) => isOfTheBody(status) && leftRaw.test(body),
    says: "a raw body parser ran in place of the JSON one: the handler was given bytes",
    fix: "Register the JSON body parser before the raw one, or keep the raw one to the paths that need it.",
  },
  {
    id: "firewall-406",
    wall: "rule",
    shows: ({ status, body }) => status === 406 && /\bmod_?security\b/i.test(body),
    says: "a web application firewall (ModSecurity) refused the request",
    fix: "Exempt the callback path from the firewall's rules (SecRuleRemoveById), and check the configured header instead.",
  },
  {
    id: "not-acceptable",
    documentedOnly: true,
    shows: ({ status }) => status === 406,
    says: "the framework found no form of an answer that it takes Accept: */* to allow",
    fix: "Answer with an empty body or with JSON whatever Accept says (Rails: head :ok, outside of respond_to).",
  },
  {
    id: "underscore-dropped",
    documentedOnly: true,
    shows: ({ status, sent }) => (status === 401 || status === 403) && sent.some(hasUnderscore),
    says({ sent, header }) {
      const name = sent.find(hasUnderscore)?.[0] ?? "";
      const server = dropsUnderscores.exec(header("server"))?.[0];
      return server === undefined
        ? `the credentials are wrong, or did not arrive: ${name} has an underscore in its name, and many a proxy and server drops headers that have`
        : `${server} drops headers with an underscore in their name unless told otherwise, and ${name} has one`;
    },
    fix: "Give the header a name with hyphens, in the webhook's configuration and in the receiver; or tell the proxy or server to pass it (nginx: underscores_in_headers on).",
  },
  {
    id: "unsupported-media-type",
    documentedOnly: true,
    shows: ({ status }) => status === 415,
    says: "the framework refuses the content type application/json",
    fix: "Register a JSON body parser for this path, and let it take parameters after application/json.",
  },
  {
    id: "upgrade-required",
    shows: ({ status }) => status === 426,
    says: ({ header }) =>
      `the server wants another protocol${header("upgrade") === "" ? "" : ` (${header("upgrade")})`}, and the documented sender speaks HTTP/1.1`,
    fix: "Let it answer requests of HTTP/1.1 at this path; where it is TLS that it wants, give the callback URL with https://.",
  },
  {
    id: "length-required",
    variedOnly: true,
    shows: ({ status }) => status === 411,
    says: "the server takes no body without a Content-Length, which HTTP lets it ask for (RFC 9110 §15.5.12)",
    fix: "Serve by one that reads chunks, as nearly all do; or put a proxy in front that buffers request bodies, as nginx does: it sends their length.",
  },
  {
    id: "body-limit",
    shows: ({ status }) => status === 413,
    says: "a limit on request bodies, of the receiver or of a proxy in front of it, is met by a callback of some hundred bytes",
    fix: "Raise the limit for this path, to 64 KiB say (nginx: client_max_body_size).",
  },
  {
    id: "body-not-parsed",
    documentedOnly: true,
    unread: true,
    shows: ({ status, body }) =>
      [400, 422, 500].includes(status) &&
      /\b(sessionId|session_id|documentId|data\.id)\b[^.]{0,60}\b(required|missing|undefined|null|not present|None)\b|\b(undefined|null)\b[^.]{0,40}\b(sessionId|documentId|data)\b|body is (required|missing|undefined|null)\b|body must be (an )?object\b|KeyError: '?(sessionId|documentId|data)\b/i.test(
        body,
      ),
    says: "the receiver did not find its id in the body: the body parser may not read this request",
    fix: "Enable JSON body parsing for this path, see that no raw or text parser takes the body before it, and read the id from the parsed body.",
  },
  {
    id: "asks-for-a-header",
    documentedOnly: true,
    shows: (answer) => isRefusal(answer.status) && missingHeader(answer) !== null,
    says: (answer) => `the receiver misses the header ${missingHeader(answer)}`,
    fix: "If the webhook is configured with it, pass it with -H; else do not require it: the sender sends none but the documented ones.",
  },
  {
    id: "gateway-forbidden",
    documentedOnly: true,
    shows: ({ status, body }) => status === 403 && /^\s*\{\s*"message"\s*:\s*"Forbidden"\s*\}\s*$/.test(body),
    says: "what AWS's API gateway says before any function is asked: its API key is missing or unknown, or a resource policy or its firewall is against it",
    fix: "If the webhook is configured with x-api-key, compare it with a key of this stage's usage plan; else look at the resource policy and the firewall, or do not ask for a key on this method.",
  },
  {
    id: "refused-without-a-word",
    documentedOnly: true,
    // Rails declares HTML, or text, for the empty body of its list of host names where it shows no details.
    shows: ({ status, body, header }) =>
      status === 403 && body === "" && /^text\/(html|plain)\b/.test(header("content-type")),
    says: "a 403 without a word: the credentials are refused, or the host name, by a list like that of Rails outside of development",
    fix: 'Compare the name and value of the header that is configured with the webhook; and look for "Blocked host" in the log, which means that the host name of the callback URL is missing in config.hosts.',
  },
  {
    id: "asks-for-authorization",
    documentedOnly: true,
    shows: ({ status, header, sent }) =>
      status === 401 &&
      header("www-authenticate") !== "" &&
      !sent.some(([name]) => name.toLowerCase() === "authorization"),
    says: ({ header }) =>
      `the server asks for ${/^[\w-]+/.exec(header("www-authenticate"))?.[0] ?? "other"} credentials in an Authorization header, and none was sent`,
    fix: "If the webhook is configured with them, pass them with -H 'Authorization: …' (Basic ones may stand in the URL, too); else take the callback path out of what asks for them, and check the configured header.",
  },
  {
    id: "signature-refused",
    documentedOnly: true,
    shows: ({ status, body, sent }) =>
      sent.some(isSignature) && (status === 401 || status === 403 || (refusesBody(status) && /signature/i.test(body))),
    says: "the receiver did not accept the signature, or misses credentials",
    fix: "Compare the secret with the receiver's own, to the last character; the signature is the HMAC of the body's raw bytes, in lower-case hexadecimal behind the name of the hash. A header that is configured as well is passed with -H.",
  },
  {
    id: "unauthorized",
    documentedOnly: true,
    shows: ({ status, sent }) => status === 401 && !sent.some(isCustom),
    says: "the receiver asks for credentials, and none were sent",
    fix: "Pass the headers that are configured with the webhook, with -H.",
  },
  {
    id: "credentials-refused",
    documentedOnly: true,
    shows: ({ status }) => status === 401,
    says: ({ sent }) =>
      `the receiver did not accept the credentials that were sent (${sent
        .filter(isCustom)
        .map(([name]) => name)
        .join(", ")}), or misses others`,
    fix: "Compare the name and value of each with what is configured with the webhook, and with what the receiver expects in this environment.",
  },
];
