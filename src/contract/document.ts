import type { Contract } from "./contract.js";
import { decisionsFor } from "./decisions.js";
import { deepFreeze } from "./deep-freeze.js";
import { deliveryOf, documentedFigures, systemHeaders } from "./delivered.js";
import { documentClauses } from "./document-clauses.js";

const ownHeaders = ["X-Scriptix-Session", "X-Scriptix-Document"] as const;

/** The callback of documents that are created, updated or deleted; a beta feature of the service. */
export const document: Contract = deepFreeze<Contract>({
  id: "document",
  name: "Scriptix document webhook callback",
  documentUrl: "https://docs.scriptix.io/core-apis/documents/webhook-callback",
  clauses: documentClauses(documentedFigures),
  decisions: [
    ...decisionsFor(documentedFigures, ownHeaders),
    {
      id: "document-effects",
      question: "How often a document callback leads to work",
      decision: "At least once for each callback; once too often is no fault.",
      reason:
        "An update and the retry of a create are the same bytes, so that a receiver has to take each as a reason to look again.",
    },
  ],
  effect: "at-least-once",
  failedBody: null,
  subject: { parts: ["sessionId", "documentId"], idPrefix: "" },
  request: {
    method: "POST",
    methods: ["POST"],
    contentType: "application/json",
    headers: [
      ["X-Scriptix-Session", "{sessionId}", "request/session-header"],
      ["X-Scriptix-Document", "{documentId}", "request/document-header"],
    ],
    body: { sessionId: "{sessionId}", documentId: "{documentId}" },
    deprecated: null,
    signature: null,
    systemHeaders: systemHeaders(...ownHeaders),
  },
  ...deliveryOf(documentedFigures),
  results: null,
});
