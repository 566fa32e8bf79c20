import { batchClauses } from "./batch-clauses.js";
import type { Contract } from "./contract.js";
import { decisionsFor } from "./decisions.js";
import { deepFreeze } from "./deep-freeze.js";
import type { Figures } from "./figures.js";

const minutes = (count: number): number => count * 60_000;

/**
 * Change a figure here and sender, checks, help and report follow.
 * @internal
 */
export const documentedFigures: Figures = {
  deadlineMs: 20_000,
  retryDelaysMs: [1, 2, 5, 15, 30].map(minutes),
};

/** The callback of Scriptix batch jobs. */
export const batch: Contract = batchWith(documentedFigures);

/**
 * The same with other figures.
 * @public taken by a test that has the module replaced
 */
export function batchWith(figures: Figures): Contract {
  return deepFreeze<Contract>({
    id: "batch",
    name: "Scriptix batch webhook callback",
    documentUrl: "https://docs.scriptix.io/docs/core-apis/batch/webhooks",
    clauses: batchClauses(figures),
    decisions: decisionsFor(figures),
    request: {
      method: "POST",
      methods: ["POST", "PUT"],
      contentType: "application/json",
      sessionHeader: "X-Scriptix-Session",
      legacySessionHeader: "X-Zoom-Session",
      sessionField: "sessionId",
      legacySessionField: "zoom_id",
      systemHeaders: [
        "content-type",
        "x-scriptix-session",
        "x-zoom-session",
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "upgrade",
        "te",
        "trailer",
        "expect",
      ],
    },
    response: { deadlineMs: figures.deadlineMs, bodyCapBytes: 64 * 1024 },
    retry: { delaysMs: figures.retryDelaysMs, delayFrom: "attempt-start" },
    callbackUrl: {
      scheme: "https:",
      localhostSuffixes: ["localhost", "localdomain"],
      internalSuffixes: [
        // RFC 6761 (test, example, invalid), 6762 (local), 7686 (onion), 8375 (home.arpa), 9476 (alt)
        "local",
        "test",
        "example",
        "invalid",
        "onion",
        "home.arpa",
        "alt",
        // by custom
        "internal",
        "intranet",
        "lan",
        "corp",
        "home",
        "private",
      ],
    },
    results: {
      baseUrl: "https://api.scriptix.io",
      path: "/api/v2/batch/session/{sessionId}/results",
    },
  });
}
