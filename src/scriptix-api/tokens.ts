import type { IncomingHttpHeaders } from "node:http";

/** Of so many tokens, the latest, it is known that they must not be shown. */
const remembered = 1000;

/** Shorter ones could be any word. */
const shortestRedacted = 6;

/** Headers for a token on no page of the documentation, which receivers are seen to use nevertheless. */
const undocumentedHeaders = ["x-zoom-s2t-token", "x-scriptix-token", "x-api-key"];

export interface GivenToken {
  readonly token: string;
  /** The header that it stands in, where no page of the documentation names it; null where one does. */
  readonly undocumented: string | null;
}

/** The token of a request, in each form that is served; null where there is none. */
export function tokenOf(headers: IncomingHttpHeaders): GivenToken | null {
  const valueOf = (name: string): string | undefined => [headers[name]].flat()[0] || undefined;
  const documented = headers.authorization?.replace(/^bearer(?: +|$)/i, "") || valueOf("x-zoom-s2t-key");
  if (documented) return { token: documented, undocumented: null };
  const name = undocumentedHeaders.find((each) => valueOf(each) !== undefined);
  return name === undefined ? null : { token: valueOf(name) ?? "", undocumented: name };
}

/** Which tokens are let in, and how to keep them out of the log. */
export class Tokens {
  readonly #anyIsAccepted: boolean;
  readonly #known = new Set<string>();

  /** @param accepted null lets every token in. */
  constructor(accepted: readonly string[] | null) {
    this.#anyIsAccepted = accepted === null;
    for (const token of accepted ?? []) this.#known.add(token);
  }

  /** Whether a token is worth something here. */
  get areConfigured(): boolean {
    return !this.#anyIsAccepted;
  }

  accepts(token: string): boolean {
    return this.#anyIsAccepted || this.#known.has(token);
  }

  /** Lets a token in that owns a session. */
  add(token: string): void {
    this.#known.add(token);
    const [oldest] = this.#known;
    if (this.#anyIsAccepted && this.#known.size > remembered && oldest !== undefined) this.#known.delete(oldest);
  }

  /** A request target without any known token, which a receiver may have put there by mistake. */
  redact(target: string): string {
    let shown = target;
    for (const token of this.#known) {
      if (token.length < shortestRedacted) continue;
      shown = shown.replaceAll(token, "[token]").replaceAll(encodeURIComponent(token), "[token]");
    }
    return shown;
  }
}
