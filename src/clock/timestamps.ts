/** `2026-01-31T12:00:00.000Z` of milliseconds since the Unix epoch. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** Milliseconds since the Unix epoch of an HTTP date (RFC 9110 §5.6.7) or an ISO time; null where it is neither. */
export function parseTime(text: string): number | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
