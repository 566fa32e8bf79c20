import { validateHeaderName, validateHeaderValue } from "node:http";
import type { Contract } from "../contract/contract.js";
import { UsageError } from "../errors.js";
import type { Header } from "./attempt.js";

export interface CustomHeaders {
  /** To be sent, in the order given, non-ASCII values as their UTF-8 bytes. */
  readonly sent: readonly Header[];
  /** Names, as given, that are system headers and were dropped (`auth/system-headers-win`). */
  readonly dropped: readonly string[];
}

/**
 * Sorts the headers configured with a webhook into those sent and those dropped.
 * @throws UsageError `ERR_CUSTOM_HEADER` for a name or value that is not legal in HTTP (RFC 9110 §5.5, §5.6.2).
 */
export function customHeaders(headers: readonly Header[], contract: Contract): CustomHeaders {
  const sent: Header[] = [];
  const dropped: string[] = [];
  for (const [name, value] of headers) {
    const encoded = Buffer.from(value).toString("latin1");
    assertLegal(name, encoded);
    if (contract.request.systemHeaders.includes(name.toLowerCase())) dropped.push(name);
    else sent.push([name, encoded]);
  }
  return { sent, dropped };
}

function assertLegal(name: string, value: string): void {
  try {
    validateHeaderName(name);
  } catch {
    throw illegal(`custom header: expected a name that is legal in HTTP, got ${illegalName(name)}`);
  }
  try {
    validateHeaderValue(name, value);
  } catch {
    // The value may be a secret: name what is wrong with it, never show it.
    throw illegal(`custom header ${name}: expected a value that is legal in HTTP, got one with ${illegalIn(value)}`);
  }
}

const illegal = (message: string): UsageError => new UsageError("ERR_CUSTOM_HEADER", message);

/** What follows the first illegal character may be a value that ran into the name, and so is not shown. */
function illegalName(name: string): string {
  if (name === "") return "an empty one";
  const [legal = ""] = /[!#$%&'*+.^_`|~\w-]*/.exec(name) ?? [];
  const code = name.codePointAt(legal.length) ?? 0;
  return `"${legal}" followed by the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

const controlNames: ReadonlyMap<number, string> = new Map([
  [0, "a NUL"],
  [10, "a line feed"],
  [13, "a carriage return"],
]);

/** Of Latin-1 a value may hold all but control characters of ASCII, among which a tab is none (RFC 9110 §5.5). */
function illegalIn(value: string): string {
  const code = value.charCodeAt(value.search(/[^\t\x20-\x7e\x80-\xff]/));
  return controlNames.get(code) ?? `the control character 0x${code.toString(16).padStart(2, "0")}`;
}
