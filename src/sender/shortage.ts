import { codeOf, rootCause } from "./failure.js";

/** What this machine, or the limits of this process, had none left of; the receiver has no part in it. */
const shortages: Readonly<Record<string, string>> = {
  EMFILE: "this process may have no more files and connections open: raise `ulimit -n`, or lower --concurrency",
  ENFILE: "this machine can have no more files and connections open: lower --concurrency, or close what has many open",
  ENOBUFS: "this machine has no buffers left for another connection: lower --concurrency",
  ENOMEM: "this machine has no memory left for another connection: lower --concurrency",
};

/** A request could not be sent for want of something on this side: no finding about the receiver. */
export class ShortageError extends Error {
  override readonly name = "ShortageError";
}

/** Null for an error that is none of want. */
export function shortageIn(error: unknown): ShortageError | null {
  const cause = rootCause(error);
  const code = codeOf(cause);
  const says = shortages[code];
  return says === undefined ? null : new ShortageError(`${says} (${code})`, { cause });
}
