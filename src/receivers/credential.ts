import { createHash, timingSafeEqual } from "node:crypto";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { UsageError } from "../errors.js";

/** A custom header configured with the webhook; the sender repeats it in every callback (`auth/custom-headers`). */
export interface Credential {
  readonly header: string;
  readonly value: string;
}

/**
 * Compares header values with the expected one in a time that does not tell how much of a guess was right. The
 * digests make both sides equally long, which `timingSafeEqual` asks for.
 * @throws UsageError when the name or value cannot stand in a header; the message does not repeat the value.
 */
export function credentialCheck(credential: Credential): (headers: NodeJS.Dict<string | string[]>) => boolean {
  const { header, value } = credential;
  try {
    validateHeaderName(header);
  } catch (cause) {
    throw new UsageError(
      "ERR_CREDENTIAL",
      `credential.header: expected a header name, got ${JSON.stringify(header)}.`,
      {
        cause,
      },
    );
  }
  assertSecret("credential.value", value);
  const name = header.toLowerCase();
  const expected = digest(value);
  return (headers) => {
    const given = headers[name];
    return timingSafeEqual(digest(typeof given === "string" ? given : ""), expected);
  };
}

/** @throws UsageError when a secret is empty or cannot stand in a header, without naming it. */
export function assertSecret(option: string, value: string): void {
  const expected = `${option}: expected a header value that is not empty and has no space around it`;
  // HTTP drops outer space, so a secret that has it would never match (RFC 9110 §5.5).
  if (value === "" || value.trim() !== value) throw new UsageError("ERR_CREDENTIAL", `${expected}.`);
  try {
    validateHeaderValue("authorization", value);
  } catch {
    // No cause: its message would be passed on with the error.
    throw new UsageError("ERR_CREDENTIAL", `${expected}, got one with a character that is not legal in a header.`);
  }
}

function digest(value: string): Buffer {
  return createHash("sha256").update(value).digest();
}
