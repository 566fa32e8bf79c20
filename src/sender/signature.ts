import { createHmac } from "node:crypto";
import type { Contract } from "../contract/contract.js";
import { UsageError } from "../errors.js";
import type { CallbackRequest } from "./attempt.js";

/** @throws UsageError `ERR_SECRET` where bodies are to be signed and there is nothing to sign them with. */
export function assertSecret({ id, request }: Contract, secret: string | null): void {
  if (request.signature === null && secret !== null) {
    throw new UsageError("ERR_SECRET", `--secret: expected none with --contract ${id}, which signs nothing, got one`);
  }
  if (request.signature !== null && (secret === null || secret === "")) {
    throw new UsageError(
      "ERR_SECRET",
      `--contract ${id}: expected --secret with the secret that its requests are signed with, as in --secret '\${NAME}', got none`,
    );
  }
}

/** `sha256=` and the HMAC of these bytes in hexadecimal (`request/signature`); null where nothing is signed. */
export function signatureOf({ request }: Contract, secret: string | null, body: Buffer): string | null {
  if (request.signature === null || secret === null) return null;
  const { hash } = request.signature;
  return `${hash}=${createHmac(hash, secret).update(body).digest("hex")}`;
}

/**
 * A request that was changed after it was signed, signed anew: over the bytes that are sent.
 * @param write what is to stand in place of the right signature; null leaves the header out. @default the right one
 */
export function signedAnew(
  contract: Contract,
  secret: string | null,
  changed: CallbackRequest,
  documented: CallbackRequest,
  write: (right: string, documented: string) => string | null = (right) => right,
): CallbackRequest {
  const header = contract.request.signature?.header.toLowerCase();
  const right = signatureOf(contract, secret, changed.body);
  const before = signatureOf(contract, secret, documented.body);
  if (header === undefined || right === null || before === null) return changed;
  const written = write(right, before);
  return {
    ...changed,
    headers: changed.headers.flatMap(([name, value]) =>
      name.toLowerCase() !== header ? [[name, value]] : written === null ? [] : [[name, written]],
    ),
  };
}

/** A request that has no signature yet, with one. */
export function signedFirst(contract: Contract, secret: string | null, request: CallbackRequest): CallbackRequest {
  const value = signatureOf(contract, secret, request.body);
  const name = contract.request.signature?.header;
  return value === null || name === undefined ? request : { ...request, headers: [...request.headers, [name, value]] };
}
