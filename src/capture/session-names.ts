import type { Contract, SubjectPart } from "../contract/contract.js";
import { membersOf, valueAt } from "../contract/message.js";
import type { ArrivedHeader } from "../receivers/journal.js";

/** What a callback calls one part of what it is about, in each of the documented places. */
export interface Names {
  /** Values of the headers; several of one only if it strays from the contract. */
  readonly headers: readonly { readonly name: string; readonly clause: string; readonly values: readonly string[] }[];
  /** Members of the body, by the way to each; undefined where there is none. */
  readonly members: readonly { readonly name: string; readonly isDeprecated: boolean; readonly value: unknown }[];
}

export function namesIn(
  { request }: Contract,
  part: SubjectPart,
  headers: readonly ArrivedHeader[],
  body: Buffer,
): Names {
  const members = objectIn(body) ?? {};
  return {
    headers: request.headers
      .filter(([, value]) => value === `{${part}}`)
      .map(([name, , clause]) => ({ name, clause, values: valuesOf(headers, name) })),
    members: membersOf(request, part).map((way) => ({
      name: way.join("."),
      isDeprecated: way[0] === request.deprecated?.member,
      value: valueAt(members, way),
    })),
  };
}

/** Every id among them, once; the first is the one that counts: the header's, else the body's. */
export function idsAmong({ headers, members }: Names): readonly string[] {
  const [header, ...deprecated] = headers;
  const [member, ...others] = members;
  const named: readonly unknown[] = [
    ...(header?.values ?? []),
    member?.value,
    ...deprecated.flatMap(({ values }) => values),
    ...others.map(({ value }) => value),
  ];
  return [...new Set(named.filter((name): name is string => typeof name === "string" && name !== ""))];
}

/** Every session id that a callback names. */
export const sessionIdsIn = (contract: Contract, headers: readonly ArrivedHeader[], body: Buffer): readonly string[] =>
  idsAmong(namesIn(contract, "sessionId", headers, body));

/** Every document id that a callback names; none where the contract has no documents. */
export const documentIdsIn = (contract: Contract, headers: readonly ArrivedHeader[], body: Buffer): readonly string[] =>
  contract.subject.parts.includes("documentId") ? idsAmong(namesIn(contract, "documentId", headers, body)) : [];

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
