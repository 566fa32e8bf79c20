import type { Contract } from "../contract/contract.js";
import type { ArrivedHeader } from "../receivers/journal.js";

/** What a callback calls its session, in each of the documented places. */
export interface SessionNames {
  /** Values of the header, and of the deprecated one; several only if it strays from the contract. */
  readonly header: readonly string[];
  readonly legacyHeader: readonly string[];
  /** Members of the body; undefined where there is none. */
  readonly field: unknown;
  readonly legacyField: unknown;
}

export function sessionNames({ request }: Contract, headers: readonly ArrivedHeader[], body: Buffer): SessionNames {
  const members = objectIn(body) ?? {};
  return {
    header: valuesOf(headers, request.sessionHeader),
    legacyHeader: valuesOf(headers, request.legacySessionHeader),
    field: members[request.sessionField],
    legacyField: members[request.legacySessionField],
  };
}

/** Every session id among them, once; the first is the one that counts: the header's, else the body's. */
export function sessionIdsAmong({ header, field, legacyHeader, legacyField }: SessionNames): readonly string[] {
  const named = [...header, field, ...legacyHeader, legacyField];
  return [...new Set(named.filter((name): name is string => typeof name === "string" && name !== ""))];
}

export function valuesOf(headers: readonly ArrivedHeader[], name: string): readonly string[] {
  return headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

/** The members of a body that is a JSON object; null for any other. */
export function objectIn(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(body.toString()) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
