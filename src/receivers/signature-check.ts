import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Contract } from "../contract/contract.js";

/** Whether the body of a request was signed with the secret (`request/signature`), in time that tells nothing of it. */
export function signatureCheck(
  { request }: Contract,
  secret: string,
): ((headers: IncomingHttpHeaders, body: Buffer) => boolean) | null {
  if (request.signature === null) return null;
  const { header, hash } = request.signature;
  return (headers, body) => {
    const given = Buffer.from(String(headers[header.toLowerCase()] ?? ""));
    const right = Buffer.from(`${hash}=${createHmac(hash, secret).update(body).digest("hex")}`);
    // Text and not bytes of it: whatever is no hexadecimal is merely another text.
    return given.length === right.length && timingSafeEqual(given, right);
  };
}
