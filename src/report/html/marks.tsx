import type { AttemptKind } from "./words.js";

/** A circle is an acknowledgement, a square another answer, a diamond none. */
export function Marker({ kind }: { readonly kind: AttemptKind }) {
  switch (kind) {
    case "acknowledged":
      return <circle class="mark" r={markRadius} />;
    case "refused":
      return <rect class="mark" x={-8} y={-8} width="16" height="16" rx="2" />;
    case "unanswered":
      return <path class="mark" d="M0-11 11 0 0 11-11 0Z" />;
  }
}

/** Pixels. */
export const markRadius = 9;

interface MarkLegendProps {
  readonly kinds: ReadonlySet<AttemptKind>;
  readonly words: Readonly<Record<AttemptKind, string>>;
}

/** What each kind of mark says. */
export function MarkLegend({ kinds, words }: MarkLegendProps) {
  return (
    <>
      {Array.from(kinds, (kind) => (
        <span key={kind}>
          <svg class={`attempt ${kind}`} width="14" height="14" viewBox="-12 -12 24 24">
            <Marker kind={kind} />
          </svg>
          {words[kind]}
        </span>
      ))}
    </>
  );
}
