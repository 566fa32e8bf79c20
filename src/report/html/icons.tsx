import type { Outcome, Verdict } from "../model.js";

/** Shapes differ as well as colours. */
const paths: Readonly<Record<Outcome, string>> = {
  passed: "M4.5 8.4l2.4 2.4 4.8-5.4",
  failed: "M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6",
  skipped: "M5 8h6",
  "not-run": "M6.4 5.2v5.6M9.6 5.2v5.6",
  error: "M8 4.4v4.4M8 11.3v.1",
};

/** Drawn once, used by every row. */
export function IconSprite() {
  return (
    <svg width="0" height="0" aria-hidden="true" class="sprite">
      {Object.entries(paths).map(([outcome, path]) => (
        <symbol key={outcome} id={`icon-${outcome}`} viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="7.25" class="disc" />
          <path d={path} class="stroke" />
        </symbol>
      ))}
    </svg>
  );
}

/** The word stands beside it, or is given for readers who do not see it. */
export function OutcomeIcon({ outcome, word }: { readonly outcome: Outcome; readonly word?: string }) {
  return word === undefined ? (
    <svg class={`icon ${outcome}`} aria-hidden="true">
      <use href={`#icon-${outcome}`} />
    </svg>
  ) : (
    <svg class={`icon ${outcome}`} role="img" aria-label={word}>
      <use href={`#icon-${outcome}`} />
    </svg>
  );
}

export const verdictOutcome: Readonly<Record<Verdict, Outcome>> = {
  conformant: "passed",
  "non-conformant": "failed",
  inconclusive: "not-run",
};
