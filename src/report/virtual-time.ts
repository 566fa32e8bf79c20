/**
 * A time of the schedule as a person reads it: `00:03:00`, and `00:03:00.250` where there are milliseconds.
 * `offsetMs` is zero or more; hours grow past 99 rather than wrap.
 */
export function formatOffset(offsetMs: number): string {
  const wholeMs = Math.round(offsetMs);
  const ms = wholeMs % 1000;
  const seconds = Math.floor(wholeMs / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return ms === 0 ? clock : `${clock}.${String(ms).padStart(3, "0")}`;
}
