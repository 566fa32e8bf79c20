import { hexOf } from "../../runner/session-ids.js";
import type { Header } from "../../sender/attempt.js";
import type { Contract } from "../../contract/contract.js";

/** The header that the embedded receiver asks for; of the seed alone, so that two runs are the same. */
export function embeddedCredential(seed: string): Header {
  return ["X-Api-Key", hexOf(32, seed, "key of the embedded receiver")];
}

/** The token with which it fetches results. */
export function embeddedToken(seed: string): string {
  return hexOf(32, seed, "token of the embedded receiver");
}

/** What it expects requests to be signed with; null where the contract has nothing signed. */
export const embeddedSecret = (seed: string, { request }: Contract): string | null =>
  request.signature === null ? null : hexOf(32, seed, "secret of the embedded receiver");
