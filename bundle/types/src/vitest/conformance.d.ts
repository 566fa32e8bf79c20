import type { ConformanceOptions } from "./options.js";
/**
 * Registers the conformance checks and the named scenarios as tests, a `describe` for each suite and one for the
 * scenarios; call it at the top of a test file, or within a `describe`. They run one at a time, since some of them
 * stall or flood the receiver; to spread them over files, and so over workers and shards, give each file its `suites`.
 * @throws UsageError for an option that is no use, such as a filter that matches nothing.
 * @example
 * conformance({ app: build, path: "/hook", headers: { "X-Api-Key": "secret" } });
 */
export declare function conformance(options: ConformanceOptions): void;
