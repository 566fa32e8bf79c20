import type { ComponentChildren } from "preact";

interface FoldProps {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  /** It holds checks, and goes where the filter leaves none of them. */
  readonly holdsChecks?: true;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A part of the page that few come for: its heading alone, until it is opened. */
export function Fold({ id, title, count, holdsChecks, class: name = "", children }: FoldProps) {
  return (
    <details class={`fold ${name}`.trimEnd()} data-group={holdsChecks}>
      <summary>
        <h2 id={id}>
          {title} {count !== undefined && <span class="count">{count}</span>}
        </h2>
      </summary>
      {children}
    </details>
  );
}
