import type { Suite } from "../src/runner/check.js";
import { acknowledgement } from "./acknowledgement.js";
import { authentication } from "./authentication.js";
import { callbackUrl } from "./callback-url.js";
import { payload } from "./payload.js";
import { retries } from "./retries.js";

/** Every suite, in the order of running and reporting: polite ones first. */
export const suites: readonly Suite[] = [callbackUrl, acknowledgement, payload, authentication, retries];
