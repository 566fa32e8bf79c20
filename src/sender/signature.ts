import { createHmac } from "node:crypto";
import type { Contract } from "../contract/contract.js";
import { UsageError } from "../errors.js";
import type { CallbackRequest, Header } from "./attempt.js";

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

/** What signs bodies with that secret; null where nothing is signed. */
function signerOf({ request: { signature } }: Contract, secret: string | null) {
  if (signature === null || secret === null) return null;
  const { header, hash } = signature;
  return { header, sign: (body: Buffer) => `${hash}=${createHmac(hash, secret).update(body).digest("hex")}` };
}

/** What stands in the header; null where nothing is signed. */
export const signatureOf = (contract: Contract, secret: string | null, body: Buffer): string | null =>
  signerOf(contract, secret)?.sign(body) ?? null;

/** The header with `sha256=` and the HMAC of these bytes in hexadecimal (`request/signature`), where bodies are signed. */
export function signatureHeaders(contract: Contract, secret: string | null, body: Buffer): readonly Header[] {
  const signer = signerOf(contract, secret);
  return signer === null ? [] : [[signer.header, signer.sign(body)]];
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
  const signer = signerOf(contract, secret);
  if (signer === null) return changed;
  const header = signer.header.toLowerCase();
  const written = write(signer.sign(changed.body), signer.sign(documented.body));
  return {
    ...changed,
    headers: changed.headers.flatMap(([name, value]) =>
      name.toLowerCase() !== header ? [[name, value]] : written === null ? [] : [[name, written]],
    ),
  };
}

/** A request that has no signature yet, with one. */
export function signedFirst(contract: Contract, secret: string | null, request: CallbackRequest): CallbackRequest {
  return { ...request, headers: [...request.headers, ...signatureHeaders(contract, secret, request.body)] };
}
