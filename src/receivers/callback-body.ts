import type { Contract } from "../contract/contract.js";

/**
 * JSON Schema of the documented body. Members that are not named here are let through and ignored: the legacy one
 * may go (`request/zoom-id-may-go`) and others may come.
 */
export function callbackSchema(contract: Contract): object {
  const { sessionField } = contract.request;
  return {
    type: "object",
    required: [sessionField],
    properties: {
      [sessionField]: {
        type: "string",
        minLength: 1,
        maxLength: 256,
        // No control character; no lone surrogate either, which has no percent-encoded form.
        pattern: "^[^\\p{Cc}\\p{Cs}]*$",
        // A dot segment stays one however it is encoded, and would climb out of its place in the results path.
        not: { enum: [".", ".."] },
      },
    },
  };
}

/** Null where the bytes are not UTF-8 (RFC 8259 §8.1). */
export function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
