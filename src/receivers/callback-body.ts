import type { Contract } from "../contract/contract.js";
import { membersOf, valueAt } from "../contract/message.js";
import { idOf } from "../contract/subject.js";

/**
 * JSON Schema of the documented body. Members that are not named here are let through and ignored: the legacy one
 * may go (`request/zoom-id-may-go`) and others may come.
 */
export function callbackSchema(contract: Contract): object {
  const { subject, request } = contract;
  const required = subject.parts.map((part) => membersOf(request, part)[0] ?? []);
  return { allOf: required.map(requiring) };
}

const requiring = ([name = "", ...further]: readonly string[]): object => ({
  type: "object",
  required: [name],
  properties: { [name]: further.length === 0 ? anId : requiring(further) },
});

const anId = {
  type: "string",
  minLength: 1,
  maxLength: 256,
  // No control character; no lone surrogate either, which has no percent-encoded form.
  pattern: "^[^\\p{Cc}\\p{Cs}]*$",
  // A dot segment stays one however it is encoded, and would climb out of its place in the results path.
  not: { enum: [".", ".."] },
};

/** What a body that keeps the schema is about. */
export function idIn({ subject, request }: Contract, body: unknown): string {
  const [sessionId = "", documentId] = subject.parts.map((part) =>
    String(valueAt(body, membersOf(request, part)[0] ?? [])),
  );
  return documentId === undefined ? sessionId : idOf(sessionId, documentId);
}

/** Null where the bytes are not UTF-8 (RFC 8259 §8.1). */
export function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
