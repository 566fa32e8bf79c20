/** The entry `webhook-conformance/vitest`: the conformance checks and scenarios as tests of a project of one's own. */
export { conformance } from "./conformance.js";
export type { ConformanceOptions, ConformanceTarget } from "./options.js";
