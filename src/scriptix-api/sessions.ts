import { createHash, randomBytes } from "node:crypto";
import type { Webhook } from "./webhook.js";

export type SessionStatus = "new" | "done" | "failed";

/** One batch job, as far as a mock has to know it. */
export interface Session {
  readonly id: string;
  /** The token that created it. */
  readonly owner: string;
  readonly filename: string | null;
  /** Null when nobody is to be called back, or when that is under way. */
  webhook: Webhook | null;
  status: SessionStatus;
  /** How often each page of its results was read, by the page parameters as they were sent. */
  readonly reads: Map<string, number>;
}

/** The latest so many sessions are kept. */
const keptSessions = 10_000;

/** More pages than that are no longer told apart. */
const countedPages = 1000;

/** Bytes of a session id: 26 hex characters, as the documentation shows them. */
const idBytes = 13;

/** Makes session ids; with a seed the same ones in each run. */
export function sessionIds(seed: string | null): () => string {
  let count = 0;
  return () => {
    if (seed === null) return randomBytes(idBytes).toString("hex");
    count += 1;
    const digest = createHash("sha256").update(JSON.stringify([seed, count]));
    return digest.digest("hex").slice(0, 2 * idBytes);
  };
}

export class Sessions {
  readonly #sessions = new Map<string, Session>();

  get(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  /** Its file name and transcript are gone: nobody finds it any more. */
  erase(id: string): void {
    this.#sessions.delete(id);
  }

  /** Takes the place of a session with the same id. */
  add(session: Pick<Session, "id" | "owner" | "status"> & Partial<Session>): Session {
    const added: Session = { filename: null, webhook: null, reads: new Map(), ...session };
    this.#sessions.delete(added.id);
    this.#sessions.set(added.id, added);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > keptSessions && oldest !== undefined) this.#sessions.delete(oldest);
    return added;
  }
}

export function countRead(session: Session, page: string): void {
  const count = session.reads.get(page) ?? 0;
  if (count > 0 || session.reads.size < countedPages) session.reads.set(page, count + 1);
}

/** A fetch reads each page once, so there were as many as the page that was read most often. */
export function fetchesOf(session: Session): number {
  return Math.max(0, ...session.reads.values());
}
