import { isoTime } from "../clock/timestamps.js";
import { Unredacted } from "../unredacted.js";
import type { FaultKind } from "./faults.js";

/** One request that reached the API. */
export interface LoggedRequest {
  /** Milliseconds since the Unix epoch, on the API's clock. */
  readonly time: number;
  readonly method: string;
  /** The request target as it arrived, not decoded; a known token in it is replaced. */
  readonly target: string;
  /** Whose state or results are asked for: decoded from the path; null for any other request. */
  readonly sessionId: string | null;
  /** `owner`: with the token that created the session; `other`: with another, or there is no such session. */
  readonly authorization: "owner" | "other" | "none";
  /** What of it stands on no page of the documentation, and is served all the same. */
  readonly undocumented: string | null;
  /** Null while there is no answer, and for good when the connection ended without one. */
  readonly status: number | null;
  readonly fault: FaultKind | null;
}

/** What the API tells about itself. No event holds a token or the value of a header. */
export type ApiEvent = { readonly time: number } & (
  | { readonly event: "request"; readonly request: LoggedRequest }
  | {
      readonly event: "session-started";
      readonly sessionId: string;
      /** Without userinfo. */
      readonly webhookUrl: string | null;
      readonly droppedHeaders: readonly string[];
    }
  | { readonly event: "job-completed"; readonly sessionId: string; readonly callback: boolean }
  | { readonly event: "job-failed"; readonly sessionId: string; readonly callback: boolean }
  | {
      readonly event: "document-changed";
      readonly sessionId: string;
      readonly documentId: string;
      readonly change: "created" | "updated" | "deleted";
      /** How many are called. */
      readonly webhooks: number;
    }
  | {
      readonly event: "attempt";
      readonly sessionId: string;
      readonly number: number;
      readonly acknowledged: boolean;
      readonly outcome: string;
      /** The documented delay to the next attempt; null when there is none. */
      readonly nextInMs: number | null;
    }
  | { readonly event: "internal-error"; readonly message: string }
);

/** One event as a line for people, of printable ASCII alone. */
export const eventLine = (event: ApiEvent): Unredacted<string> =>
  new Unredacted(`${isoTime(event.time)} ${sentence(event)}`.replace(/[^\x20-\x7e]/g, "?"));

function sentence(event: ApiEvent): string {
  switch (event.event) {
    case "request": {
      const { method, target, status, authorization, undocumented, fault } = event.request;
      const token = { owner: ", the owner's token", other: ", another token", none: ", no token" }[authorization];
      return `${method} ${target} -> ${status ?? "no answer"}${token}${undocumented === null ? "" : `, undocumented: ${undocumented}`}${fault === null ? "" : `, fault ${fault}`}`;
    }
    case "session-started": {
      const dropped = event.droppedHeaders.length > 0 ? `, without ${event.droppedHeaders.join(", ")}` : "";
      return `session ${event.sessionId} started, webhook ${event.webhookUrl ?? "none"}${dropped}`;
    }
    case "job-completed":
      return `session ${event.sessionId} completed${event.callback ? "" : ", no webhook to call"}`;
    case "job-failed":
      return `session ${event.sessionId} failed${event.callback ? "" : ", so there is no callback"}`;
    case "document-changed":
      return `document ${event.documentId} of session ${event.sessionId} ${event.change}${event.webhooks === 0 ? ", no webhook to call" : ""}`;
    case "attempt": {
      const next =
        event.nextInMs === null
          ? "that was the last attempt"
          : `next attempt ${event.nextInMs / 1000} s after this one`;
      const outlook = event.acknowledged ? "" : `; ${next}`;
      return `session ${event.sessionId} callback attempt ${event.number}: ${event.outcome}${outlook}`;
    }
    case "internal-error":
      return `internal error: ${event.message}`;
  }
}
