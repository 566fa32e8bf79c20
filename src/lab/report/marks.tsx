import type { AttemptFacts } from "../played-facts.js";

export type AttemptKind = "acknowledged" | "refused" | "unanswered";

export function attemptKind({ outcome, response }: Pick<AttemptFacts, "outcome" | "response">): AttemptKind {
  if (outcome.kind === "acknowledged") return "acknowledged";
  return response === null ? "unanswered" : "refused";
}

/** A circle is an acknowledgement, a square another answer, a diamond none. */
export function Marker({ kind }: { readonly kind: AttemptKind }) {
  switch (kind) {
    case "acknowledged":
      return <circle class="mark" r="9" />;
    case "refused":
      return <rect class="mark" x={-8} y={-8} width="16" height="16" rx="2" />;
    case "unanswered":
      return <path class="mark" d="M0-11 11 0 0 11-11 0Z" />;
  }
}
