import { parseTime } from "../clock/timestamps.js";

/** Writes moments of the scenario as what has passed since its start. */
export interface ShownTime {
  show(text: string): string;
  /** Whether any was found so far. */
  any(): boolean;
}

/** What an app may count on from a moment of the scenario, such as when something expires. In milliseconds. */
const aroundMs = 7 * 86_400_000;

const months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";

/** ISO 8601 and RFC 3339, HTTP's and JavaScript's own dates, and numbers of milliseconds or seconds since the epoch. */
const moments = new RegExp(
  [
    String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`,
    String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d\d )?(?:${months})(?: \d\d)? \d{4} \d\d:\d\d:\d\d(?: GMT(?:[+-]\d{4})?(?: \([^()\n]*\))?)?`,
    String.raw`(?<![\w.-])\d{13}(?:\.\d+)?(?![\w-])`,
    String.raw`(?<![\w.-])\d{10}(?:\.\d+)?(?![\w-])`,
  ].join("|"),
  "g",
);

/**
 * For a scenario that starts at the present, so that two runs tell the same: `2026-03-01T12:01:00.000Z` in what the
 * receiver says is `T+00:01:00.000`.
 * @param startedAt in milliseconds since the Unix epoch.
 */
export function timeShownSince(startedAt: number): ShownTime {
  let any = false;
  return {
    any: () => any,
    show: (text) =>
      text.replace(moments, (found) => {
        const at = momentOf(found);
        if (at === null || Math.abs(at - startedAt) > aroundMs) return found;
        any = true;
        // What was written to the second may lie before the start, in the same second.
        return sinceText(Math.max(at - startedAt, at - startedAt > -1000 ? 0 : -Infinity));
      }),
  };
}

function momentOf(text: string): number | null {
  if (/^\d{10}(\.|$)/.test(text)) return Number(text) * 1000;
  if (/^\d{13}(\.|$)/.test(text)) return Number(text);
  return parseTime(text.replace(",", (comma, index: number) => (index > 10 ? "." : comma)));
}

function sinceText(ms: number): string {
  const sign = ms < 0 ? "-" : "+";
  const whole = Math.round(Math.abs(ms));
  const two = (count: number): string => String(count).padStart(2, "0");
  const hours = Math.floor(whole / 3_600_000);
  const rest = String(whole % 1000).padStart(3, "0");
  return `T${sign}${two(hours)}:${two(Math.floor(whole / 60_000) % 60)}:${two(Math.floor(whole / 1000) % 60)}.${rest}`;
}
