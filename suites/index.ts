import type { Suite } from "../src/runner/check.js";
import { acknowledgement } from "./acknowledgement.js";
import { authentication } from "./authentication.js";
import { badInput } from "./bad-input.js";
import { callbackUrl } from "./callback-url.js";
import { document } from "./document.js";
import { fuzzing } from "./fuzz.js";
import { load } from "./load.js";
import { payload } from "./payload.js";
import { results } from "./results.js";
import { retries } from "./retries.js";
import { signature } from "./signature.js";

/** Every suite, in the order of running and reporting: polite ones first. */
export const suites: readonly Suite[] = [
  callbackUrl,
  acknowledgement,
  payload,
  authentication,
  signature,
  retries,
  document,
  results,
  load,
  fuzzing,
  badInput,
];
