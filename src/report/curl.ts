import { bytesToText } from "./evidence.js";
import { showsAsItself } from "./control-character.js";
import { bytesCommand, hasLongRun, printfCommand, variableFor, word, type Piece } from "./shell-word.js";

interface CurlHeader {
  readonly name: string;
  readonly value: string;
  /** The value is not printed: the line reads it from an environment variable named after the header. */
  readonly secret?: boolean;
}

export interface CurlRequest {
  readonly method: string;
  /** Userinfo is read from `$USERINFO`. */
  readonly url: string;
  /** Every header that is sent, but those that belong to the connection or the framing. */
  readonly headers: readonly CurlHeader[];
  /** Null for a request without a body. */
  readonly body: string | Uint8Array | null;
  /** `HOST:PORT:ADDRESS:PORT`, as for curl. */
  readonly connectTo?: string;
  /** An extra certificate authority, PEM. */
  readonly caFile?: string;
  /** Accept any certificate. */
  readonly insecure?: boolean;
  /** Give up after so many milliseconds; without it the line waits as long as the receiver does. */
  readonly deadlineMs?: number;
  /** A session id of the request; the line makes a new one each time it is run, and sends that in its place. */
  readonly freshSessionId?: string;
}

/** Linux takes at most 128 KiB in one argument (MAX_ARG_STRLEN); a longer body goes through a pipe. */
const longestArgumentBytes = 100_000;

/** One line for a POSIX shell that sends the request as the harness did, and prints the answer with its headers. */
export function curlLine(request: CurlRequest): string {
  const { body, freshSessionId = "" } = request;
  const pieces = (text: string): Piece[] => withFreshId(text, freshSessionId);
  const curl = ["curl -i --http1.1", ...optionArguments(request), urlArgument(request.url, pieces)];
  for (const header of request.headers) curl.push(`-H ${headerWord(header, pieces)}`);
  for (const name of suppressedDefaults(request)) curl.push(`-H '${name}:'`);

  let line = curl.join(" ");
  if (body !== null) {
    const text = typeof body === "string" ? body : bytesToText(body);
    const bytes = byteString(body);
    const isText = showsAsItself(text) && byteString(text) === bytes;
    const fitsInAWord = isText && bytes.length <= longestArgumentBytes && !hasLongRun(bytes);
    line = fitsInAWord
      ? `${line} --data-raw ${word(pieces(text))}`
      : `${bytesCommand(withFreshId(bytes, byteString(freshSessionId)))} | ${line} --data-binary @-`;
  }
  return sendsSessionId(request) ? `ID=$(openssl rand -hex 13); ${line}` : line;
}

function optionArguments({ method, url, deadlineMs, caFile, insecure, connectTo }: CurlRequest): string[] {
  // `-X HEAD` would wait for a body.
  const options = [method === "HEAD" ? "--head" : `-X ${/^[A-Z]+$/.test(method) ? method : word([method])}`];
  // curl resolves dot segments, and expands brackets and braces; the harness sends the target as configured.
  if (/\/\.{1,2}(\/|$)/.test(url.replace(/[?#].*$/s, ""))) options.push("--path-as-is");
  if (/[[\]{}]/.test(url)) options.push("--globoff");
  if (deadlineMs !== undefined) options.push(`--max-time ${deadlineMs / 1000}`);
  if (caFile !== undefined) options.push(`--cacert ${word([caFile])}`);
  if (insecure === true) options.push("--insecure");
  if (connectTo !== undefined) options.push(`--connect-to ${word([connectTo])}`);
  return options;
}

function urlArgument(url: string, pieces: (text: string) => Piece[]): string {
  const [, scheme, rest] = /^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@(.*)$/is.exec(url) ?? [];
  if (scheme === undefined || rest === undefined) return word(pieces(url));
  return word([scheme, { variable: "USERINFO" }, ...pieces(`@${rest}`)]);
}

function headerWord({ name, value, secret }: CurlHeader, pieces: (text: string) => Piece[]): string {
  if (secret === true) return word([`${name}: `, { variable: variableFor(name) }]);
  // curl takes `Name:` as "do not send", and `Name;` as "send with an empty value".
  if (value === "") return word([`${name};`]);
  if (!/[^ -~]/.test(value)) return word(pieces(`${name}: ${value}`));
  // A header value is a byte a character; in a shell word it would be UTF-8.
  const bytes = /[^\0-\xff]/.test(value) ? byteString(value) : value;
  return `"$(${printfCommand(pieces(`${name}: ${bytes}`))})"`;
}

/** Headers that curl adds of its own accord and the harness did not send. */
function suppressedDefaults({ headers, body }: CurlRequest): string[] {
  const defaults = ["User-Agent", "Accept"];
  if (body !== null) defaults.push("Content-Type");
  // curl asks before it sends a body of more than 1 MiB (documentation of --expect100-timeout).
  if (body !== null && body.length > 1024 * 1024) defaults.push("Expect");
  const sent = new Set(headers.map(({ name }) => name.toLowerCase()));
  return defaults.filter((name) => !sent.has(name.toLowerCase()));
}

function sendsSessionId({ url, headers, body, freshSessionId = "" }: CurlRequest): boolean {
  const texts = [url, ...headers.map(({ value, secret }) => (secret === true ? "" : value)), byteString(body ?? "")];
  return freshSessionId !== "" && texts.some((text) => text.includes(freshSessionId));
}

function withFreshId(text: string, sessionId: string): Piece[] {
  if (sessionId === "") return [text];
  const id: Piece = { variable: "ID" };
  return text
    .split(sessionId)
    .flatMap((part, index) => (index === 0 ? [part] : [id, part]))
    .filter((piece) => piece !== "");
}

function byteString(body: string | Uint8Array): string {
  return (typeof body === "string" ? Buffer.from(body, "utf8") : Buffer.from(body)).toString("latin1");
}
