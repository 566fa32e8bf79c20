import { batchClauses } from "./batch-clauses.js";
import type { Clause, Party } from "./clause.js";
import type { Figures } from "./figures.js";

const sender: readonly Party[] = ["sender"];
const both: readonly Party[] = ["sender", "receiver"];

/** Said of document callbacks just as of those of batch jobs. */
const asForBatch = [
  "url/https",
  "url/externally-reachable",
  "response/2xx",
  "response/within-20-seconds",
  "endpoint/online",
  "request/post-json",
  "request/session-header",
  "retry/schedule",
  "retry/abandon",
  "auth/custom-headers",
] as const;

/** Restates the page of the document callback; it stands under one heading. */
export function documentClauses(figures: Figures): readonly Clause[] {
  const clauses = new Map(batchClauses(figures).map((clause) => [clause.id, clause]));
  const same = (id: (typeof asForBatch)[number]): readonly Clause[] => {
    const clause = clauses.get(id);
    return clause === undefined ? [] : [{ ...clause, section }];
  };
  const section = "Webhook callback";
  return [
    {
      id: "trigger/document-changes",
      section,
      statement: "A callback is sent when a document is created, updated or deleted, and does not say which it was.",
      binds: both,
    },
    ...same("url/https"),
    ...same("url/externally-reachable"),
    ...same("response/2xx"),
    ...same("response/within-20-seconds"),
    ...same("endpoint/online"),
    ...same("request/post-json"),
    ...same("request/session-header"),
    {
      id: "request/document-header",
      section,
      statement: "X-Scriptix-Document carries the document id.",
      binds: sender,
    },
    {
      id: "request/body",
      section,
      statement: "The body is a JSON object with sessionId and documentId.",
      binds: both,
    },
    {
      id: "retry/on-failure",
      section,
      statement:
        "A timeout or a non-2XX answer is a failed attempt and is retried, so a receiver meets the same document again.",
      binds: both,
    },
    ...same("retry/schedule"),
    ...same("retry/abandon"),
    ...same("auth/custom-headers"),
    {
      id: "auth/system-headers-win",
      section,
      statement: "Content-Type, X-Scriptix-Session and X-Scriptix-Document cannot be overridden.",
      binds: sender,
    },
  ];
}
