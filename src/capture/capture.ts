import type { Contract } from "../contract/contract.js";
import type { ArrivedHeader, ArrivedRequest } from "../receivers/journal.js";
import { secretsTakenOut } from "./secrets-taken-out.js";

/** Of the format. The first number changes when a reader has to. */
export const captureVersion = "1.0";

/** One callback as it reached a receiver, without its secrets: what a capture file holds. */
export interface Capture {
  readonly schemaVersion: typeof captureVersion;
  /** ISO 8601: when its last byte came. */
  readonly capturedAt: string;
  readonly request: {
    readonly method: string;
    /** Path and query. A path that is not the receiver's own is not kept, since it may be a secret. */
    readonly target: string;
    /** Such as `1.1`. */
    readonly httpVersion: string;
    /** In their order and letter case, one character a byte. */
    readonly headers: readonly ArrivedHeader[];
    readonly body: CapturedBody;
  };
  /** Where values were replaced by `[removed]`. */
  readonly removed: {
    readonly headers: readonly string[];
    readonly query: readonly string[];
    /** One of them stood in the body as well. */
    readonly body: boolean;
  };
}

export interface CapturedBody {
  /** `text` where the bytes are UTF-8. */
  readonly encoding: "text" | "base64";
  readonly data: string;
  /** Only its start is here: it was longer than is kept, or did not arrive whole. */
  readonly cut: boolean;
}

/** A request as a receiver saw it. */
export type SeenRequest = Pick<ArrivedRequest, "method" | "target" | "version" | "headers" | "body"> & {
  /** The body has more bytes, which are not here. @default false */
  readonly bodyIsCut?: boolean;
  /** Milliseconds since the Unix epoch. @default now */
  readonly completedAt?: number;
};

/** RFC 9110 §5.6.2 and §5.5, one character a byte. */
export const legalName = /^[!#$%&'*+.^_`|~\w-]+$/;
export const legalValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Bytes of a body that are kept. A callback has some hundred. */
export const bodyKeptBytes = 1024 * 1024;

export interface CaptureOptions {
  readonly contract: Contract;
  /** Of the receiver, such as `/webhook`. */
  readonly path: string;
  /** ISO 8601. */
  readonly capturedAt: string;
}

/** Whether it can be captured: a server may record what is no request, or opens a tunnel. */
export function isHttpRequest({ method, version }: SeenRequest): boolean {
  return method !== "CONNECT" && legalName.test(method) && /^HTTP\/\d/.test(version);
}

/** What is kept of a request that reached a receiver; a line that is no legal header (RFC 9110 §5) is not. */
export function captureOf(seen: SeenRequest, { contract, path, capturedAt }: CaptureOptions): Capture {
  const cut = seen.bodyIsCut === true || seen.body.length > bodyKeptBytes;
  const legal = seen.headers.filter(([name, value]) => legalName.test(name) && legalValue.test(value));
  const request = { target: seen.target, headers: legal, body: seen.body.subarray(0, bodyKeptBytes), cut };
  const { target, headers, body, removed } = secretsTakenOut(request, contract, path);
  return {
    schemaVersion: captureVersion,
    capturedAt,
    request: {
      method: seen.method,
      target,
      httpVersion: seen.version.replace(/^HTTP\//, ""),
      headers,
      body: { ...encoded(body), cut },
    },
    removed,
  };
}

/** The bytes of a captured body. */
export function bytesOf({ encoding, data }: CapturedBody): Buffer {
  return Buffer.from(data, encoding === "text" ? "utf8" : "base64");
}

function encoded(body: Buffer): Pick<CapturedBody, "encoding" | "data"> {
  const text = body.toString();
  return Buffer.from(text).equals(body)
    ? { encoding: "text", data: text }
    : { encoding: "base64", data: body.toString("base64") };
}
