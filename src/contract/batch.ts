import { batchClauses } from "./batch-clauses.js";
import type { Contract } from "./contract.js";
import { decisionsFor } from "./decisions.js";
import { deepFreeze } from "./deep-freeze.js";
import { deliveryOf, documentedFigures, systemHeaders } from "./delivered.js";
import type { Figures } from "./figures.js";

/** Where the results of a session are fetched. */
export const batchResults = {
  baseUrl: "https://api.scriptix.io",
  path: "/api/v2/batch/session/{sessionId}/results",
} as const;

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
    decisions: decisionsFor(figures, ["X-Scriptix-Session", "X-Zoom-Session"]),
    effect: "once",
    failedBody: null,
    subject: { parts: ["sessionId"], idPrefix: "" },
    request: {
      method: "POST",
      methods: ["POST", "PUT"],
      contentType: "application/json",
      headers: [
        ["X-Scriptix-Session", "{sessionId}", "request/session-header"],
        ["X-Zoom-Session", "{sessionId}", "request/legacy-session-header"],
      ],
      body: { sessionId: "{sessionId}", zoom_id: "{sessionId}" },
      deprecated: { header: "X-Zoom-Session", member: "zoom_id" },
      signature: null,
      systemHeaders: systemHeaders("X-Scriptix-Session", "X-Zoom-Session"),
    },
    ...deliveryOf(figures),
    results: batchResults,
  });
}
